// Fetches the code for giving a case away and for merging, so that the first screen stays small.
import { type ComponentChildren, type ComponentType } from 'preact'
import { useMessages } from '../../i18n/messages.tsx'
import { ErrorMessage } from '../../ui/errors.tsx'
import { useFetched } from '../../ui/use-fetched.ts'
import type { MergeProps } from '../merge/merge-form.tsx'
import type { GiveProps } from './give-form.tsx'

const fetchGive = async () => (await import('./give-form.tsx')).GiveForm
const fetchTakeBack = async () => (await import('./give-form.tsx')).TakeBackForm
const fetchMerge = async () => (await import('../merge/merge-form.tsx')).MergeForm

interface PartProps<Props> {
  fetchPart: () => Promise<ComponentType<Props>>
  children: (Part: ComponentType<Props>) => ComponentChildren
}

function LoadedPart<Props>({ fetchPart, children }: PartProps<Props>) {
  const { t } = useMessages()
  const { Part, why, again } = useFetched(fetchPart)
  if (Part) return <>{children(Part)}</>
  return (
    <div class="outcome">
      <p role="status">{why === null && t('staff.loading')}</p>
      <ErrorMessage why={why} />
      {why !== null && (
        <button type="button" onClick={() => void again()}>
          {t('staff.again')}
        </button>
      )}
    </div>
  )
}

export const LoadGive = (props: GiveProps) => (
  <LoadedPart fetchPart={fetchGive}>{(Form) => <Form {...props} />}</LoadedPart>
)
export const LoadTakeBack = (props: GiveProps) => (
  <LoadedPart fetchPart={fetchTakeBack}>{(Form) => <Form {...props} />}</LoadedPart>
)
export const LoadMerge = (props: MergeProps) => (
  <LoadedPart fetchPart={fetchMerge}>{(Form) => <Form {...props} />}</LoadedPart>
)
