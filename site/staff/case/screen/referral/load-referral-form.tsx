// Fetches the form and the list of referrals, along with their strings, when they are needed. The
// form also needs the opener, the script inside each page that leaves.
import { WhenLoaded } from '../../../ui/when-loaded.tsx'
import type { ReferralFormProps } from './referral-form.tsx'
import type { ReferralListProps } from './referral-list.tsx'
import { WithReferralWords } from '../../../referral/with-referral-words.tsx'

type FormProps = Omit<ReferralFormProps, 'opener' | 'all' | 'own'>

const fetchForm = async () => {
  const [{ ReferralForm }, { default: opener }] = await Promise.all([
    import('./referral-form.tsx'),
    import('virtual:letter-opener'),
  ])
  return (props: FormProps) => (
    <WithReferralWords>
      {(all, own) => <ReferralForm {...props} {...{ all, own, opener }} />}
    </WithReferralWords>
  )
}

export const LoadReferralForm = (props: FormProps) => (
  <WhenLoaded fetchPart={fetchForm}>{(Form) => <Form {...props} />}</WhenLoaded>
)

type ListProps = Omit<ReferralListProps, 'all' | 'own'>

const fetchList = async () => {
  const { ReferralList } = await import('./referral-list.tsx')
  return (props: ListProps) => (
    <WithReferralWords>
      {(all, own) => <ReferralList {...props} {...{ all, own }} />}
    </WithReferralWords>
  )
}

export const LoadReferralList = (props: ListProps) => (
  <WhenLoaded fetchPart={fetchList}>{(List) => <List {...props} />}</WhenLoaded>
)
