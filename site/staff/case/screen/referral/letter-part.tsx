// Opens the letter of a referral from its stored bytes. The second colleague signs below the
// letter. The colleague who hands the letter over prints or saves it here.
import { useEffect, useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { focusSoon } from '../../../session/navigation.ts'
import { useAction } from '../../../session/use-action.ts'
import { LetterPreview } from '../../../referral/letter-preview.tsx'
import { loadFile } from '../../../referral/load-file.ts'
import { readFile, type MadeFile } from '../../../referral/made-file.ts'
import { type Letter } from '../../../referral/pieces.ts'
import { FailedLoad } from '../../../ui/errors.tsx'
import { ActionResult } from '../../../session/action-result.tsx'
import { sendSecond } from '../../write/send-referral.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { GiveFile } from './give-file.tsx'
import { REFERRAL_MOVED, type ReferralRowProps } from './row-props.ts'

interface LetterPartProps extends ReferralRowProps {
  /** true while this colleague may give the second signature */
  maySign: boolean
  /** true while the letter may leave */
  mayGive: boolean
  /**
   * called once the letter has been handed over; asks for the day on which the answer is expected
   */
  onSent: () => void
  onClose: () => void
}

export function LetterPart(props: LetterPartProps) {
  const { all, own, referral, loaded, reload, onSaved, maySign, mayGive } = props
  const { onSent, onClose } = props
  const { say } = own
  const writer = useCaseWriter()
  const action = useAction(reload, REFERRAL_MOVED)
  const [opened, setOpened] = useState<{ file: MadeFile; letter: Letter | null } | null>(null)
  const [why, setWhy] = useState<unknown>(null)
  const [isGiven, setIsGiven] = useState(false)
  const title = `letter-of-${referral.signed.n}`
  const open = (): void => {
    setWhy(null)
    const reading = async () => {
      const file = await loadFile(writer(), loaded, referral)
      const { default: opener } = await import('virtual:letter-opener').catch((cause: unknown) => {
        throw new Refusal('network', { cause })
      })
      // The bytes are exactly the signed ones. Only the version of the app that made a page can
      // read the page.
      const letter = await readFile(file, all, opener).catch(() => null)
      return { file, letter }
    }
    reading().then((found) => {
      setOpened(found)
      focusSoon(title)
    }, setWhy)
  }
  useEffect(open, [])
  const sign = (): void =>
    action.run(async () => {
      onSaved(await sendSecond(writer(), loaded, referral, ''))
      onClose()
    })
  return (
    <section class="referral" aria-labelledby={title}>
      <h5 id={title} tabIndex={-1}>
        {say('staff-referral.preview')}
      </h5>
      {opened?.letter && <LetterPreview letter={opened.letter} />}
      {opened?.letter === null && <p class="warning">{say('staff-referral.other_version')}</p>}
      {!opened && <p role="status">{why === null && say('staff-referral.opening')}</p>}
      <FailedLoad why={why} again={open} />
      {opened && mayGive && <GiveFile own={own} {...opened} onGiven={() => setIsGiven(true)} />}
      <ActionResult action={action} done="" />
      <div class="verbs">
        {opened?.letter && maySign && (
          <button type="button" class="go" aria-disabled={action.busy} onClick={sign}>
            {say('staff-referral.second.go')}
          </button>
        )}
        {opened && mayGive && (
          <button type="button" class={isGiven ? 'go' : undefined} onClick={onSent}>
            {say('staff-referral.do.sent')}
          </button>
        )}
        <button type="button" onClick={onClose}>
          {say('staff-referral.page.close')}
        </button>
      </div>
    </section>
  )
}
