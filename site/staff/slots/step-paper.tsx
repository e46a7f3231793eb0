// Shows the printed secret, waits until it is on paper, hides it, and then asks for it. The test
// uses only the typed secret, so that an illegible sheet is noticed immediately.
import { useEffect, useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import type { NewSlot } from '#protocol/staff/people/slots'
import { openPassphraseSlot, sealPassphraseSlot } from '../crypto/passphrase-slot.ts'
import { makePrintedSecret, writePrintedSecret } from '../crypto/printed-secret.ts'
import { Form } from '../ui/form.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { type Frame } from '../ui/step-frame.ts'
import { SecretField, useTypedSecret } from '../ui/secret-field.tsx'
import { painted, useAttempt } from '../ui/use-attempt.ts'
import { useMessages } from '../i18n/messages.tsx'
import { Sheet } from './sheet.tsx'

interface StepPaperProps {
  frame: Frame
  passphrase: string
  /** 1 or 2 when there are two sheets, null when there is only one */
  sheet: number | null
  master: () => Bytes
  onTested: (slot: NewSlot) => void
}

export function StepPaper({ frame, passphrase, sheet, master, onTested }: StepPaperProps) {
  const { t } = useMessages()
  const attempt = useAttempt()
  const [secret] = useState(makePrintedSecret)
  const [written, setWritten] = useState('')
  const [onPaper, setOnPaper] = useState(false)
  const typed = useTypedSecret()
  useEffect(() => void writePrintedSecret(secret).then(setWritten), [])

  const test = async (): Promise<void> => {
    const read = await typed.read()
    if (!read) return
    await painted()
    const slot = await sealPassphraseSlot(master(), passphrase, secret)
    await openPassphraseSlot(slot, passphrase, read)
    onTested(slot)
  }

  const title = sheet === 2 ? t('staff.join.paper.second') : t('staff.join.paper.title')
  if (!onPaper)
    return frame(
      title,
      <>
        <p>{t('staff.join.paper.lead')}</p>
        <Sheet written={written} number={sheet} />
        <ul>
          <li>{t('staff.join.paper.keep')}</li>
          <li>{t('staff.join.paper.no_photo')}</li>
        </ul>
        <div class="verbs">
          <button type="button" onClick={() => print()}>
            {t('staff.join.paper.print')}
          </button>
          <button type="button" class="go" onClick={() => setOnPaper(true)}>
            {t('staff.join.paper.done')}
          </button>
        </div>
      </>,
    )
  return frame(
    t('staff.join.paper.test'),
    <>
      <Form onSubmit={() => attempt.run(test)}>
        <SecretField typed={typed} />
        <ErrorMessage why={attempt.why} />
        <div class="verbs">
          <button type="submit" class="go" aria-disabled={attempt.busy}>
            {attempt.busy ? t('staff.locked.stretching') : t('staff.join.paper.check')}
          </button>
          <button type="button" onClick={() => setOnPaper(false)}>
            {t('staff.join.paper.show_again')}
          </button>
        </div>
      </Form>
    </>,
  )
}
