// Fetches the code for assigning and merging cases, so that the first screen stays small.
import { WhenLoaded } from '../../../ui/when-loaded.tsx'
import type { MergeProps } from '../merge/merge-form.tsx'
import type { GiveProps, TakeBackProps } from './give-form.tsx'

const fetchGive = async () => (await import('./give-form.tsx')).GiveForm
const fetchTakeBack = async () => (await import('./give-form.tsx')).TakeBackForm
const fetchMerge = async () => (await import('../merge/merge-form.tsx')).MergeForm

export const LoadGive = (props: GiveProps) => (
  <WhenLoaded fetchPart={fetchGive}>{(Form) => <Form {...props} />}</WhenLoaded>
)
export const LoadTakeBack = (props: TakeBackProps) => (
  <WhenLoaded fetchPart={fetchTakeBack}>{(Form) => <Form {...props} />}</WhenLoaded>
)
export const LoadMerge = (props: MergeProps) => (
  <WhenLoaded fetchPart={fetchMerge}>{(Form) => <Form {...props} />}</WhenLoaded>
)
