// Finds everything that a server can read in the requests that browsers sent during a run. The
// server tries every key that it made or received from former colleagues.
import { sameBytes, type Bytes } from '#protocol/bytes'
import type { SealedThing } from '../../departure/support/sealed-things.ts'
import type { History } from './history.ts'
import { OLD_CASES, type CaseName } from './play-office.ts'
import type { Stage } from './stage.ts'
import { thingsSent, type Sent } from './sent-things.ts'
import type { Word } from './world.ts'

/** Cases whose first letter, and therefore every reply, a former colleague could open. */
const READ_BEFORE: readonly CaseName[] = [...OLD_CASES, 'taken', 'regained', 'left']
const NONE: Bytes = new Uint8Array(0)

/** @param words  the words of the run, which must not appear anywhere in cleartext */
export async function readByServer(
  { history, keys, letter }: Stage,
  sent: readonly Sent[],
  words: readonly Word[],
): Promise<string[]> {
  const authors = history.people.map(({ by }) => by.keys.personId)
  const filed = [...history.cases.values()]
  const ownersOf = (id: string): Bytes[] =>
    [letter.filed, ...filed.filter((each) => each.id === id)].map(({ ownerHash }) => ownerHash)
  const things = sent.flatMap((each) => thingsSent(each, { authors, ownersOf }))
  const letters = history.letters.map((envelope): SealedThing => ({ is: 'letter', envelope }))
  const opener = history.opener.copy()
  // A reply to the server's letter is sealed to the number that the server wrote into that letter.
  const { down } = letter.filed.receipt
  for (const bytes of [keys.team, keys.caseKey, keys.secret, down]) await opener.learn(bytes)
  await opener.learnSeed(keys.epoch.hybridSeed)
  const opened = new Map(await opener.open(things))
  // The earlier keys were tried on every letter when the stage was prepared.
  const fresh = opener.without(history.opener)
  for (const [thing, text] of await fresh.open([...things, ...letters])) opened.set(thing, text)
  const plain = sent
    .map(({ body }) => (typeof body === 'string' ? body : Buffer.from(body).toString()))
    .join('\n')
  const secrets = [...history.secrets, ...words].map(({ text }) => text)
  return [
    ...[...opened].flatMap(([thing, text]) =>
      isAllowed(history, thing) ? [] : [`${thing.is}: ${text}`],
    ),
    ...secrets.filter((text) => plain.includes(text)),
  ]
}

/** Every person who read a thread can open its replies. */
const isAllowed = ({ cases }: History, thing: SealedThing): boolean =>
  thing.is === 'answer' &&
  READ_BEFORE.some((name) => sameBytes(cases.get(name)?.ownerHash ?? NONE, thing.ownerHash))
