// Starts the recovery page, which is a single file that works without a network. The build puts the
// public parts of the organisation and the strings of all languages into this script.
import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { defaultLanguage, type WholeLanguage } from '#content/languages.ts'
import { fromB64 } from '#protocol/bytes'
import { freezePrototype } from '../crypto/prototype-guard.ts'
import { GivenMessages, messagesFrom, type Table } from '../i18n/messages.tsx'
import { showLanguage } from '../i18n/show-language.ts'
import { faultSentence } from './fault-sentence.ts'
import { RecoveryPage } from './recovery-page.tsx'

/** base64url of 65 bytes */
declare const ROOT: string
/** see sealRoot, base64url */
declare const ROOT_FOR_RECOVERY: string
declare const WORDS: Readonly<Record<WholeLanguage, Table>>

/** Provides the page's text in the chosen language. The choice is not stored. */
function Translated() {
  const [lang, setLang] = useState<WholeLanguage>(defaultLanguage)
  const words = messagesFrom(WORDS[lang], lang, setLang)
  useEffect(() => {
    showLanguage(lang, words.t('recovery.title'))
  }, [lang])
  return (
    <GivenMessages value={{ ...words, sentence: (thrown) => faultSentence(words.t, thrown) }}>
      <RecoveryPage root={fromB64(ROOT)} rootForRecovery={fromB64(ROOT_FOR_RECOVERY)} />
    </GivenMessages>
  )
}

freezePrototype()
const app = document.getElementById('app')
if (app) render(<Translated />, app)
