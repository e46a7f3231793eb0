// Edits the text of one template. The typed text is kept after every refusal.
import { useRef } from 'preact/hooks'
import * as z from 'zod/mini'
import { Refusal } from '#protocol/errors'
import { hasWords } from '#protocol/report/plain-report'
import { MAX_TEMPLATE_CHARS } from '#protocol/staff/templates'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { ActionResult } from '../session/action-result.tsx'
import { type ReplyTemplate } from '../session/read-templates.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useActionBy } from '../session/use-action.ts'
import { useDraftOf } from '../session/use-draft-of.ts'
import { useProof } from '../session/use-proof.tsx'
import { useReadVersion } from '../session/use-read-version.ts'
import { Field, Form } from '../ui/form.tsx'
import { UntrustedText } from '../ui/untrusted-text.tsx'
import { sendTemplate, templateHashIn } from './send-template.ts'

interface EditTemplateProps {
  template: ReplyTemplate
  reload: () => Promise<void>
}

const TemplateDraft = z.object({
  text: z.string(),
  /** the hash of the text that was read; null for the app's own text */
  base: z.nullable(z.string()),
  /** true when a colleague has saved a different text, which is shown with the draft */
  hasLater: z.boolean(),
})

export function EditTemplate({
  template: { name, purpose, text, textHash, source },
  reload,
}: EditTemplateProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const { nextRoster } = useSeenLedger()
  const proof = useProof()
  const [draft, setDraft] = useDraftOf(TemplateDraft, `template ${name}`)
  const version = useReadVersion(
    draft,
    (roster) => templateHashIn(roster, name),
    reload,
    (read) => setDraft({ ...read, hasLater: true }),
  )
  const action = useActionBy(proof, version.refresh, ['not_found', 'record_changed'])
  const card = useRef<HTMLLIElement>(null)
  // The pressed button disappears, so the focus must move on.
  const focusOn = (part: 'h3' | 'textarea'): void =>
    void setTimeout(() => {
      const target = card.current?.querySelector<HTMLElement>(part)
      // A long text is shown from its beginning.
      if (target instanceof HTMLTextAreaElement) target.setSelectionRange(0, 0)
      target?.focus()
    })
  const over = (draft?.text.length ?? 0) - MAX_TEMPLATE_CHARS
  const send = (base: string | null, saved: string | null): Promise<void> =>
    version.send(() => sendTemplate({ keys, nextRoster }, { name, base }, saved))
  const save = async (): Promise<void> => {
    // A proof of presence may come between the press and the change.
    const now = version.newest()
    if (!now || !hasWords(now.text)) throw new Refusal('text_empty')
    if (now.text.length > MAX_TEMPLATE_CHARS) throw new Refusal('text_too_long')
    await send(now.base, now.text)
    close()
  }
  const close = (): void => {
    setDraft(null)
    focusOn('h3')
  }
  const title = t(`staff.template.${purpose}`)
  return (
    <li class="card" ref={card}>
      <h3 tabIndex={-1}>{title}</h3>
      <p class="hint">{t(`staff.template.source.${source}`)}</p>
      <p class="hint" role="status">
        {draft?.hasLater && t('staff.record.later')}
      </p>
      {text !== null && (!draft || draft.hasLater) && <UntrustedText text={text} />}
      {draft ? (
        <Form busy={action.busy} onSubmit={() => action.run(save)}>
          <Field
            label={t('staff.template.text')}
            value={draft.text}
            onInput={(next) => setDraft({ ...draft, text: next })}
            rows={8}
            mistake={over > 0 ? t('staff.template.too_long', { n: over }) : null}
          />
          <div class="verbs">
            <button type="submit" class="go" aria-disabled={action.busy}>
              {t('staff.template.save')}
            </button>
            <button type="button" onClick={close}>
              {t('staff.template.drop')}
            </button>
          </div>
        </Form>
      ) : (
        <div class="verbs">
          <button
            type="button"
            aria-label={`${t('staff.template.edit')}: ${title}`}
            onClick={() => {
              setDraft({ text: text ?? '', base: textHash, hasLater: false })
              focusOn('textarea')
            }}
          >
            {t('staff.template.edit')}
          </button>
          {(source === 'signed' || source === 'differs') && (
            <button
              type="button"
              aria-disabled={action.busy}
              aria-label={`${t('staff.template.restore')}: ${title}`}
              onClick={() => action.run(() => send(textHash, null))}
            >
              {t('staff.template.restore')}
            </button>
          )}
        </div>
      )}
      {proof.question}
      <ActionResult action={action} done={t('staff.template.saved')} />
    </li>
  )
}
