// Edits the text of one template. The typed text is kept after every refusal.
import { useRef, useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { hasWords } from '#protocol/report/plain-report'
import { MAX_TEMPLATE_CHARS } from '#protocol/staff/templates'
import { useMessages } from '../i18n/messages.tsx'
import { ActionResult } from '../session/action-result.tsx'
import { type ReplyTemplate } from '../session/read-templates.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useDraft } from '../session/unsent-drafts.tsx'
import { useActionBy } from '../session/use-action.ts'
import { useProof } from '../session/use-proof.tsx'
import { Field, Form } from '../ui/form.tsx'
import { UntrustedText } from '../ui/untrusted-text.tsx'
import { sendTemplate } from './send-template.ts'

interface EditTemplateProps {
  template: ReplyTemplate
  reload: () => Promise<void>
}

export function EditTemplate({
  template: { name, purpose, text, source },
  reload,
}: EditTemplateProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const proof = useProof()
  const action = useActionBy(proof, reload, ['not_found'])
  const [draft, setDraft] = useDraft(`template ${name}`)
  const [isOpen, setIsOpen] = useState(draft !== '')
  const card = useRef<HTMLLIElement>(null)
  // The pressed button disappears, so the focus must move on.
  const focusOn = (part: 'h3' | 'textarea'): void =>
    void setTimeout(() => {
      const target = card.current?.querySelector<HTMLElement>(part)
      // A long text is shown from its beginning.
      if (target instanceof HTMLTextAreaElement) target.setSelectionRange(0, 0)
      target?.focus()
    })
  const over = draft.length - MAX_TEMPLATE_CHARS
  const save = async (): Promise<void> => {
    if (!hasWords(draft)) throw new Refusal('text_empty')
    if (over > 0) throw new Refusal('text_too_long')
    await sendTemplate(keys, name, draft)
    close()
  }
  const close = (): void => {
    setDraft('')
    setIsOpen(false)
    focusOn('h3')
  }
  const title = t(`staff.template.${purpose}`)
  return (
    <li class="card" ref={card}>
      <h3 tabIndex={-1}>{title}</h3>
      <p class="hint">{t(`staff.template.source.${source}`)}</p>
      {text !== null && !isOpen && <UntrustedText text={text} />}
      {isOpen ? (
        <Form onSubmit={() => action.run(save)}>
          <Field
            label={t('staff.template.text')}
            value={draft}
            onInput={setDraft}
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
              setDraft(text ?? '')
              setIsOpen(true)
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
              onClick={() => action.run(() => sendTemplate(keys, name, null))}
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
