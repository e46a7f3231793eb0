// Opens the only stored report, as staff do on their device.
import { bytesFrom } from '#worker/store/database'
import { sha256, type Bytes } from '#protocol/bytes'
import { readEnvelope, wrapInfo } from '#protocol/report/envelope'
import { unpadText } from '#protocol/crypto/padding'
import type { PlainReport } from '#protocol/report/plain-report'
import { suite } from '#test/protocol/support/organisation.ts'
import { db, type Organisation } from './edge.ts'

export async function openedReport(org: Organisation): Promise<PlainReport> {
  const row = await db.prepare('SELECT envelope FROM reports').first<{ envelope: unknown }>()
  const envelope = readEnvelope(bytesFrom(row?.envelope))
  const { wrap } = envelope
  const cek: Bytes = new Uint8Array(
    await suite.Open(org.intake.privateKey, wrap.enc, wrap.sealedCek, {
      info: wrapInfo(envelope.epoch, wrap.keyId),
      aad: await sha256(envelope.headerBytes, envelope.body),
    }),
  )
  const key = await crypto.subtle.importKey('raw', cek, 'AES-GCM', false, ['decrypt'])
  const aes = { name: 'AES-GCM', iv: new Uint8Array(12), additionalData: envelope.headerBytes }
  const padded = new Uint8Array(await crypto.subtle.decrypt(aes, key, envelope.body))
  return JSON.parse(unpadText(padded)) as PlainReport
}
