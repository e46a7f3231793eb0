// Fetches the form of a referral, and the script of the pages that leave, when a colleague asks.
import { WhenLoaded } from '../../../ui/when-loaded.tsx'
import type { ReferralFormProps } from './referral-form.tsx'

type LoadProps = Omit<ReferralFormProps, 'opener'>

const fetchForm = async () => {
  const [{ ReferralForm }, { default: opener }] = await Promise.all([
    import('./referral-form.tsx'),
    import('virtual:letter-opener'),
  ])
  return (props: LoadProps) => <ReferralForm {...props} opener={opener} />
}

export const LoadReferralForm = (props: LoadProps) => (
  <WhenLoaded fetchPart={fetchForm}>{(Form) => <Form {...props} />}</WhenLoaded>
)
