// Remembers the names that this browser has proven, so that it can report when a name changes. A
// device may be searched, so the names are sealed to the person who uses it.
import * as z from 'zod/mini'
import { fromB64, fromUtf8, toB64, utf8, type Bytes } from '#protocol/bytes'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { hpkeOpen } from '../crypto/hpke-open.ts'
import { sealTo } from '../crypto/seal-to.ts'
import { type OpenOwnKeys } from '../crypto/unlock.ts'
import type { SeenNames } from './proven-names.ts'

const INFO = utf8('oasis/v1/names')
const NONE: Bytes = new Uint8Array(0)
const Names = z.record(z.string(), z.string())

/** The names by person id. */
export type KnownNames = ReadonlyMap<string, string>

type Owner = Pick<OpenOwnKeys, 'personId' | 'own'>

const placeOf = (rootId: string, { personId }: Owner): string =>
  `oasis-staff-names-${rootId}-${personId}`

/** @returns no names if this browser has stored none, or only under earlier keys */
export async function rememberedNames(rootId: string, owner: Owner): Promise<KnownNames> {
  try {
    const sealed = fromB64(localStorage.getItem(placeOf(rootId, owner)) ?? '')
    const opened = await hpkeOpen(owner.own, INFO, NONE, sealed)
    return new Map(Object.entries(Names.parse(JSON.parse(fromUtf8(opened)))))
  } catch {
    return new Map()
  }
}

export async function rememberNames(
  rootId: string,
  owner: Owner,
  names: KnownNames,
): Promise<void> {
  const text = JSON.stringify(Object.fromEntries(names))
  const sealed = toB64(await sealTo(owner.own.publicBytes, INFO, utf8(text)))
  try {
    localStorage.setItem(placeOf(rootId, owner), sealed)
  } catch {
    // Storage is disabled, so the names are kept only as long as the tab is open.
  }
}

/**
 * Adds the names of new people, and drops the names of people who left. A changed name is not
 * overwritten.
 */
export function learnNames(
  known: KnownNames,
  seen: SeenNames,
  { people }: Pick<Roster, 'people'>,
): KnownNames {
  const proven = [...seen].flatMap(([id, { name, isProven }]): [string, string][] =>
    isProven ? [[id, name]] : [],
  )
  const isHere = ([id]: [string, string]): boolean =>
    ['waiting', 'confirmed'].includes(people.get(id)?.state ?? '')
  return new Map([...proven, ...known].filter(isHere))
}

/** A person whose remembered name differs from the proven one. */
export interface ChangedName {
  id: string
  before: string
  now: string
}

export const changedNames = (known: KnownNames, seen: SeenNames): ChangedName[] =>
  [...known].flatMap(([id, before]) => {
    const now = seen.get(id)
    return now?.isProven && now.name !== before ? [{ id, before, now: now.name }] : []
  })
