// Fetches the forms for wishes when a colleague opens the list of wishes.
import { WhenLoaded } from '../../../ui/when-loaded.tsx'
import type { WishFormsProps } from './wish-forms.tsx'

const fetchForms = async () => (await import('./wish-forms.tsx')).WishForms

export const LoadWishForms = (props: WishFormsProps) => (
  <WhenLoaded fetchPart={fetchForms}>{(Forms) => <Forms {...props} />}</WhenLoaded>
)
