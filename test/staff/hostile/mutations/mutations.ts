// Lists the comparisons in the staff app that a hostile server must exercise. Each line removes one
// comparison.
//
// Two comparisons are not listed, because other checks catch the lie even without them. A former
// colleague could make a key under an older generation, but the last checkpoint exposes the row
// first. A caseworker could get a copy of a false key, but would then refuse that key.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../../../..')

export interface Mutation {
  name: string
  file: string
  /** occurs exactly once in the file */
  from: string
  to: string
}

/**
 * Returns the text of the file without the comparison.
 *
 * @throws unless the comparison occurs exactly once in the file
 */
export function mutated({ file, from, to }: Mutation): string {
  const parts = readFileSync(join(root, file), 'utf8').split(from)
  if (parts.length !== 2) throw new Error(`${file} does not hold once: ${from}`)
  return parts.join(to)
}

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'a case key is compared with the hash of its row',
    file: 'site/staff/crypto/open-case-key.ts',
    from: "if ((await caseKeyHash(named, bytes)) !== keyHash) throw new Refusal('cannot_open')",
    to: 'void keyHash',
  },
  {
    name: 'a generation of the team key is compared with the roster',
    file: 'site/staff/crypto/named-keys.ts',
    from: 'teams.get(generation)?.commitment === commitment',
    to: 'teams.has(generation) || commitment.length > 0',
  },
  {
    name: 'a broken log stops an act',
    file: 'site/staff/case/read/require-log.ts',
    from: 'if (log.fault) throw new Refusal(CODES[log.fault])',
    to: 'void CODES',
  },
  {
    name: 'a log is compared with the heads that the browser knows',
    file: 'site/staff/case/read/against-known.ts',
    from: "if (known.some((head) => !hashes.includes(head))) return 'older'",
    to: 'void hashes',
  },
  {
    name: 'an older log stops an act',
    file: 'site/staff/case/read/require-log.ts',
    from: "if (known === 'older') throw new Refusal('log_older')",
    to: '',
  },
  {
    name: 'a log is compared with the last checkpoint',
    file: 'site/staff/case/read/against-known.ts',
    from: "return verdict === 'older' || verdict === 'late' ? verdict : 'fine'",
    to: "return verdict === 'malformed' ? 'older' : 'fine'",
  },
  {
    name: 'a reply goes only to the number of the letter that a colleague took in',
    file: 'site/staff/case/write/send-reply.ts',
    from: '  await requireFirst(by, loaded)\n',
    to: '',
  },
  {
    name: 'the log of a refetched case is compared',
    file: 'site/staff/case/write/case-key-in-use.ts',
    from: 'const log = await requireLog(by, stored)',
    to:
      "const { replayLog: replay } = await import('../../ledger/replay-log.ts')\n" +
      'const log = await replay(id, stored.log, roster)',
  },
  {
    name: 'a key that a former caseworker knows is not used',
    file: 'site/staff/case/write/case-key-in-use.ts',
    from: 'newest > 0 && !log.isKeyStale &&',
    to: 'newest > 0 &&',
  },
  {
    name: 'a key of an older generation is not used',
    file: 'site/staff/case/write/case-key-in-use.ts',
    from: '(log.keys.get(newest)?.generation ?? 0) >= generation',
    to: 'generation > 0',
  },
  {
    name: 'a case of somebody who left is taken back first',
    file: 'site/staff/case/write/case-key-in-use.ts',
    from: 'if (hasLeaver(log, roster)) {',
    to: 'if (hasLeaver(log, roster) && !roster) {',
  },
  {
    name: 'the heads of the ledger never go back in a log',
    file: 'worker/protocol/staff/case-log/replay.ts',
    from: 'requireRule(isOff || onLine >= log.ledgerRow)',
    to: '',
  },
  {
    name: 'losing a case makes its key stale',
    file: 'worker/protocol/staff/case-log/rules.ts',
    from: 'if (log.assignee?.isGranted) log.isKeyStale = true\n    log.assignee = to',
    to: 'log.assignee = to',
  },
  {
    name: 'cases are merged by judged logs',
    file: 'site/staff/case/write/send-merging.ts',
    from: 'await Promise.all([requireLog(by, ending), requireLog(by, goingOn)])',
    to:
      "await import('../../ledger/replay-log.ts').then(({ replayLog: replay }) =>" +
      ' Promise.all([replay(from, ending.log, roster), replay(into, goingOn.log, roster)]))',
  },
  {
    name: 'letters of a case that nobody merged stay out',
    file: 'site/staff/case/write/take-letters.ts',
    from: 'return untaken.filter((letter) => !strange.has(letter))',
    to: 'return strange.size < 0 ? [] : [...untaken]',
  },
  {
    name: 'a row extends a head that has grown out of known rows',
    file: 'site/staff/case/write/send-case-signed.ts',
    from: "if (!(await isGrown(roster, caseId, now.head))) throw new Refusal('log_older')",
    to: 'void isGrown(roster, caseId, now.head)',
  },
  {
    name: 'a ledger is compared with the remembered head',
    file: 'site/staff/ledger/verify-ledger.ts',
    from:
      'if (known && !hasRow(roster, known)) return ' +
      "{ ...read, is: 'older', ...lostTo(roster, known) }",
    to: '',
  },
  {
    name: 'a row that proves a key alone is signed',
    file: 'worker/protocol/staff/case-log/key-rows.ts',
    from: 'if (await isSignedWith(await keyOf(signPublic), bytes, message))',
    to: 'if ((await isSignedWith(await keyOf(signPublic), bytes, message)) || true)',
  },
  {
    name: 'a row that proves a key alone names its change',
    file: 'worker/protocol/staff/case-log/key-rows.ts',
    from: 'if (changeHash !== toB64(await sha256(utf8(change)))) return null',
    to: 'void [changeHash, toB64, sha256, utf8]',
  },
  {
    name: 'a sealed case is compared with its leaf',
    file: 'site/staff/search/prove-sealed.ts',
    from: 'n === extent.rows && state.facts === encodeB64(facts)',
    to: 'n === extent.rows && state.facts !== encodeB64(facts).slice(1)',
  },
  {
    name: 'a piece of the index is signed',
    file: 'site/staff/crypto/piece.ts',
    from: "if (!isSigned) throw new Refusal('signature_refused')",
    to: '',
  },
  {
    name: 'a letter has the id of its bytes',
    file: 'site/staff/case/read/open-letters.ts',
    from: 'return report?.id === id ? report : null',
    to: 'return report',
  },
  {
    name: 'entries are compared with the log',
    file: 'site/staff/case/read/compare-with-log.ts',
    from: 'if (signedHash(row[place]) !== toB64(await sha256(decodeB64(row.sealed))))',
    to: 'if (signedHash(row[place]) === toB64(await sha256(decodeB64(`${row.sealed}AAAA`))))',
  },
  {
    name: 'letters are compared with the log',
    file: 'site/staff/case/read/check-threads.ts',
    from: 'if (signed === undefined || signed !== (await hashOrNone(envelope))) differ.push(id)',
    to: 'void [signed, hashOrNone, envelope]',
  },
  {
    name: 'a checkpoint covers no less than the last one',
    file: 'site/staff/ledger/compare-cases.ts',
    from: 'if (!now || now.n < leaf.n) return false',
    to: 'if (!now || now.n < leaf.n) return true',
  },
]
