// Describes a file in the app's own words. The sender's device set the name and type, which are
// shown only as text.
import { type SealedFile } from '#protocol/report/plain-report'
import { useMessages, type Messages } from '../../../i18n/messages.tsx'
import { withStandIn } from '../../../i18n/with-stand-in.ts'
import { FactList } from '../../../ui/untrusted-text.tsx'
import { kindOf } from './file-kind.ts'

/** Returns the title of a file: "Picture · 1.4 MB". */
export const titleOf = (
  { type, size }: Pick<SealedFile, 'type' | 'size'>,
  words: Messages,
): string => `${words.t(`staff.file.${kindOf(type)}`)} · ${sizeOf(size, words)}`

const UNITS = [
  ['staff.file.mb', 1024 * 1024],
  ['staff.file.kb', 1024],
  ['staff.file.bytes', 1],
] as const

function sizeOf(size: number, { t, lang }: Messages): string {
  const [key, bytes] = UNITS.find(([, least]) => size >= least) ?? UNITS[2]
  const number = new Intl.NumberFormat(withStandIn(lang), {
    maximumFractionDigits: size < bytes * 10 ? 1 : 0,
  })
  return t(key, { n: number.format(size / bytes) })
}

export function FileFacts({ file }: { file: SealedFile }) {
  const { t } = useMessages()
  const facts: [string, string][] = []
  if (file.name) facts.push([t('staff.file.name'), file.name])
  if (file.type) facts.push([t('staff.file.type'), file.type])
  return (
    <>
      <p class="hint">{t(`staff.file.made.${file.made}`)}</p>
      {facts.length > 0 && <FactList facts={facts} />}
    </>
  )
}
