// Fetches the form for closing a case when a colleague opens it.
import { WhenLoaded } from '../../../ui/when-loaded.tsx'
import type { CloseFormProps } from './close-form.tsx'

const fetchForm = async () => (await import('./close-form.tsx')).CloseForm

export const LoadCloseForm = (props: CloseFormProps) => (
  <WhenLoaded fetchPart={fetchForm}>{(Form) => <Form {...props} />}</WhenLoaded>
)
