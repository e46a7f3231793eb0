// The printed secret, typed from its sheet of paper. A slip is said at the field.
import { useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { readPrintedSecret } from '../keys/printed-secret.ts'
import { useWords } from '../words.tsx'
import { Field } from './field.tsx'

export interface TypedSecret {
  text: string
  change: (text: string) => void
  slip: string | null
  /** 16 bytes; null when there is a slip, which is then said */
  read: () => Promise<Bytes | null>
}

export function useTypedSecret(): TypedSecret {
  const { t } = useWords()
  const [text, change] = useState('')
  const [slip, setSlip] = useState<string | null>(null)
  const read = async (): Promise<Bytes | null> => {
    const typed = await readPrintedSecret(text)
    setSlip('slip' in typed ? t(`staff.secret.slip.${typed.slip}`) : null)
    return 'slip' in typed ? null : typed.secret
  }
  return { text, change, slip, read }
}

export function SecretField({ typed }: { typed: TypedSecret }) {
  const { t } = useWords()
  return (
    <Field
      label={t('staff.secret')}
      hint={t('staff.secret.hint')}
      mistake={typed.slip}
      value={typed.text}
      onInput={typed.change}
      code
    />
  )
}
