// Shows the head of a case across both columns: its title, actions, two lines of facts, and the
// wish.
import { type ComponentChildren, type RefObject } from 'preact'
import { useMessages } from '../../../i18n/messages.tsx'
import { isTestLetter } from '../../read/entered-by.ts'
import { kindKey } from '../../read/kind-key.ts'
import { summaryIn } from '../../read/read-records.ts'
import { CaseVerbs, type VerbProps } from './case-verbs.tsx'
import { HeadLines } from './head-lines.tsx'

interface HeadOfCaseProps extends VerbProps {
  /** the title, which receives focus when the case opens */
  heading: RefObject<HTMLHeadingElement>
  children: ComponentChildren
}

export function HeadOfCase({ heading, children, ...verbs }: HeadOfCaseProps) {
  const { t } = useMessages()
  const { loaded } = verbs
  const title = summaryIn(loaded.records)?.title
  const kind = t(kindKey(loaded.kind))
  return (
    <header class="case-head">
      <div class="report-name">
        <h2 id="report-title" ref={heading} tabIndex={-1} dir="auto">
          {title || kind}
        </h2>
        {title && <p class="hint">{kind}</p>}
        {isTestLetter(loaded.sealed, loaded.first) && <p class="note">{t('staff.test.mark')}</p>}
      </div>
      <CaseVerbs {...verbs} />
      <HeadLines loaded={loaded} />
      {children}
    </header>
  )
}
