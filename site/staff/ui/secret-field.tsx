// Shows the field for the printed secret, and reports a typo next to it.
import { useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { readPrintedSecret } from '../crypto/printed-secret.ts'
import { useMessages } from '../i18n/messages.tsx'
import { Field } from './form.tsx'

export interface TypedSecret {
  text: string
  change: (text: string) => void
  typo: string | null
  /** Returns 16 bytes, or null for a typo, which the field then reports. */
  read: () => Promise<Bytes | null>
}

export function useTypedSecret(): TypedSecret {
  const { t } = useMessages()
  const [text, change] = useState('')
  const [typo, setTypo] = useState<string | null>(null)
  const read = async (): Promise<Bytes | null> => {
    const typed = await readPrintedSecret(text)
    setTypo('typo' in typed ? t(`staff.secret.typo.${typed.typo}`) : null)
    return 'typo' in typed ? null : typed.secret
  }
  return { text, change, typo, read }
}

export function SecretField({ typed }: { typed: TypedSecret }) {
  const { t } = useMessages()
  return (
    <Field
      label={t('staff.secret')}
      hint={t('staff.secret.hint')}
      mistake={typed.typo}
      value={typed.text}
      onInput={typed.change}
      code
    />
  )
}
