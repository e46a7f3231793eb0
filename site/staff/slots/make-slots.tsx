// Guides a person through making slots for new keys: passkey, passphrase, paper. Both joining and
// replacing keys use this component. Nothing is sent until two ways to obtain the master key have
// been tested.
import { type ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { NewSlot } from '#protocol/staff/people/slots'
import { useMessages } from '../i18n/messages.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { type Frame } from '../ui/step-frame.ts'
import { type Attempt } from '../ui/use-attempt.ts'
import { StepPaper } from './step-paper.tsx'
import { StepPasskey, type MadePasskey } from './step-passkey.tsx'
import { StepPassphrase } from './step-passphrase.tsx'

interface MakeSlotsProps {
  /** frames the n-th step, counting from 2, because joining begins with the name */
  frameOf: (n: number) => Frame
  /** the person's name, for the passkey */
  name: string
  /** from the server, for the new passkey */
  options: Record<string, unknown>
  master: () => Bytes
  attempt: Pick<Attempt, 'busy' | 'why' | 'run'>
  /** a question to be answered before sending continues */
  question?: ComponentChildren
  /** the text to show while the keys are being sent */
  sending: { title: string; note: string | null }
  send: (passkey: MadePasskey, slots: NewSlot[]) => Promise<void>
  /** fetches new options, because the challenge in the current ones has expired */
  renew: () => Promise<void>
}

/** A passkey without PRF cannot have a slot, so a second sheet of paper replaces that slot. */
const NEEDED_SLOTS = 2

export function MakeSlots(props: MakeSlotsProps) {
  const { frameOf, name, options, master, attempt, question, sending, send, renew } = props
  const { t } = useMessages()
  const [passkey, setPasskey] = useState<MadePasskey | null>(null)
  const [passphrase, setPassphrase] = useState<string | null>(null)
  const [slots, setSlots] = useState<readonly NewSlot[]>([])

  const finish = (touched: MadePasskey, tested: readonly NewSlot[]): void =>
    attempt.run(async () => {
      try {
        await send(touched, [...tested])
      } catch (thrown) {
        if (thrown instanceof Refusal && thrown.code === 'challenge_unknown') await askAnew(tested)
        throw thrown
      }
    })
  /** Asks for the passkey again when its challenge has expired. The tested paper is kept. */
  const askAnew = async (tested: readonly NewSlot[]): Promise<void> => {
    await renew()
    setSlots(tested.filter((slot) => slot.kind === 'passphrase'))
    setPasskey(null)
  }
  const add = (touched: MadePasskey, slot: NewSlot): void => {
    const tested = [...slots, slot]
    setSlots(tested)
    if (tested.length >= NEEDED_SLOTS) finish(touched, tested)
  }

  if (!passkey)
    return (
      <StepPasskey
        frame={frameOf(2)}
        name={name}
        why={attempt.why}
        options={options}
        master={master}
        onMade={(touched) => {
          setPasskey(touched)
          if (touched.slot) add(touched, touched.slot)
        }}
      />
    )
  if (passphrase === null)
    return (
      <StepPassphrase frame={frameOf(3)} withoutPrf={!passkey.slot} onPassphrase={setPassphrase} />
    )
  if (slots.length < NEEDED_SLOTS)
    return (
      <StepPaper
        key={slots.length}
        frame={frameOf(4)}
        passphrase={passphrase}
        sheet={passkey.slot ? null : slots.length + 1}
        master={master}
        onTested={(slot) => add(passkey, slot)}
      />
    )
  return frameOf(4)(
    sending.title,
    <>
      {sending.note !== null && <p>{sending.note}</p>}
      {question}
      <ErrorMessage why={attempt.why} />
      {attempt.busy ? (
        <p role="status">{t('staff.loading')}</p>
      ) : (
        !question && (
          <button type="button" class="go" onClick={() => finish(passkey, slots)}>
            {t('staff.again')}
          </button>
        )
      )}
    </>,
  )
}
