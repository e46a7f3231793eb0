// Imports the strings of each language for code that cannot read folders: the worker, and the staff
// app's page. Each file is a separate constant, so that the worker contains only what it uses.
import enReplies from './templates/en.json' with { type: 'json' }
import kyReplies from './templates/ky.json' with { type: 'json' }
import ruReplies from './templates/ru.json' with { type: 'json' }
import enAlert from './strings/en/alert.json' with { type: 'json' }
import enErrors from './strings/en/errors.json' with { type: 'json' }
import enRecovery from './strings/en/recovery.json' with { type: 'json' }
import enStaff from './strings/en/staff.json' with { type: 'json' }
import enCase from './strings/en/staff-case.json' with { type: 'json' }
import enFigures from './strings/en/staff-figures.json' with { type: 'json' }
import enClass from './strings/en/staff-class.json' with { type: 'json' }
import enReferral from './strings/en/staff-referral.json' with { type: 'json' }
import enTell from './strings/en/tell.json' with { type: 'json' }
import kyAlert from './strings/ky/alert.json' with { type: 'json' }
import kyErrors from './strings/ky/errors.json' with { type: 'json' }
import kyRecovery from './strings/ky/recovery.json' with { type: 'json' }
import kyStaff from './strings/ky/staff.json' with { type: 'json' }
import kyCase from './strings/ky/staff-case.json' with { type: 'json' }
import kyFigures from './strings/ky/staff-figures.json' with { type: 'json' }
import kyClass from './strings/ky/staff-class.json' with { type: 'json' }
import kyReferral from './strings/ky/staff-referral.json' with { type: 'json' }
import kyTell from './strings/ky/tell.json' with { type: 'json' }
import ruAlert from './strings/ru/alert.json' with { type: 'json' }
import ruErrors from './strings/ru/errors.json' with { type: 'json' }
import ruRecovery from './strings/ru/recovery.json' with { type: 'json' }
import ruStaff from './strings/ru/staff.json' with { type: 'json' }
import ruCase from './strings/ru/staff-case.json' with { type: 'json' }
import ruFigures from './strings/ru/staff-figures.json' with { type: 'json' }
import ruClass from './strings/ru/staff-class.json' with { type: 'json' }
import ruReferral from './strings/ru/staff-referral.json' with { type: 'json' }
import ruTell from './strings/ru/tell.json' with { type: 'json' }
import type { Language, WholeLanguage } from './languages.ts'

type InEachLanguage<T> = Readonly<Record<WholeLanguage, T>>
/** The edge also fills in the pages of an edition. */
type WithEditions<T> = Readonly<Record<Language, T>>
type Strings = Readonly<Record<string, string>>

export const alertStrings: InEachLanguage<typeof kyAlert> = {
  ky: kyAlert,
  ru: ruAlert,
  en: enAlert,
}
export const errorStrings: WithEditions<Strings> = {
  ky: kyErrors,
  ru: ruErrors,
  en: enErrors,
}
/** The reply templates, by purpose. */
export const replyStrings: InEachLanguage<Strings> = {
  ky: kyReplies,
  ru: ruReplies,
  en: enReplies,
}
export const recoveryStrings: InEachLanguage<typeof kyRecovery> = {
  ky: kyRecovery,
  ru: ruRecovery,
  en: enRecovery,
}
export const staffStrings: InEachLanguage<typeof kyStaff> = {
  ky: kyStaff,
  ru: ruStaff,
  en: enStaff,
}
/** The words for the staff's side of a case, which are loaded after the first screen. */
export const caseStrings: InEachLanguage<typeof kyCase> = {
  ky: kyCase,
  ru: ruCase,
  en: enCase,
}
/** The words for the figures, which are loaded with their screen. */
export const figureStrings: InEachLanguage<typeof kyFigures> = {
  ky: kyFigures,
  ru: ruFigures,
  en: enFigures,
}
/** The words for a classification, which are loaded with its form. */
export const classStrings: InEachLanguage<typeof kyClass> = {
  ky: kyClass,
  ru: ruClass,
  en: enClass,
}
/** The words for a referral, which are loaded with its form. */
export const referralStrings: InEachLanguage<typeof kyReferral> = {
  ky: kyReferral,
  ru: ruReferral,
  en: enReferral,
}
export const tellStrings: WithEditions<Strings> = {
  ky: kyTell,
  ru: ruTell,
  en: enTell,
}
