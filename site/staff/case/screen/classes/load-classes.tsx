// Fetches the code for a person's classification on demand, with its strings and the names of the
// countries.
import { useMemo } from 'preact/hooks'
import { countryNames } from '../../../i18n/country-names.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { WhenLoaded } from '../../../ui/when-loaded.tsx'
import { WithClassWords } from '../../facts/with-class-words.tsx'
import type { ClassFactsProps } from './class-facts.tsx'
import type { ClassFormProps } from './class-form.tsx'

const useCountries = (): ReadonlyMap<string, string> => {
  const { lang } = useMessages()
  return useMemo(() => countryNames(lang), [lang])
}

const fetchForm = async () => {
  const { ClassForm } = await import('./class-form.tsx')
  return (props: ClassFormProps) => {
    const countries = useCountries()
    return (
      <WithClassWords>{(say) => <ClassForm {...props} {...{ say, countries }} />}</WithClassWords>
    )
  }
}

export const LoadClassForm = (props: ClassFormProps) => (
  <WhenLoaded fetchPart={fetchForm}>{(Part) => <Part {...props} />}</WhenLoaded>
)

type FactsProps = Omit<ClassFactsProps, 'say' | 'countries'>

const fetchFacts = async () => {
  const { ClassFacts } = await import('./class-facts.tsx')
  return (props: FactsProps) => {
    const countries = useCountries()
    return (
      <WithClassWords>{(say) => <ClassFacts {...props} {...{ say, countries }} />}</WithClassWords>
    )
  }
}

export const LoadClassFacts = (props: FactsProps) => (
  <WhenLoaded fetchPart={fetchFacts}>{(Part) => <Part {...props} />}</WhenLoaded>
)
