// Lists the actions of a case, whose rows are in the case log.
import { CASEWORK, INTAKE, type ActionRow } from '../action-row.ts'
import {
  Assignment,
  Merging,
  NewCaseKey,
  NewEntry,
  NewLetter,
  NewRecord,
  NewReply,
  NewTaking,
} from './bodies.ts'
import {
  CaseAbsorb,
  CaseAssign,
  CaseMerge,
  CaseReturn,
  DangerChange,
  EntryAdd,
  KeyMake,
  LetterEnter,
  LettersTake,
  RecordSet,
  ReplyChange,
  StatusChange,
} from './changes.ts'

export const CASE_ACTIONS = {
  'status.set': {
    change: StatusChange,
    route: 'PUT reports/:id/status',
    roles: CASEWORK,
    countsLetters: true,
  },
  'key.make': {
    change: KeyMake,
    route: 'POST reports/:id/keys',
    roles: INTAKE,
    body: NewCaseKey,
    answer: 'made',
  },
  'letters.take': {
    change: LettersTake,
    route: 'POST reports/:id/letters',
    roles: INTAKE,
    body: NewTaking,
  },
  'entry.add': {
    change: EntryAdd,
    route: 'POST reports/:id/entries',
    roles: CASEWORK,
    body: NewEntry,
    answer: 'made',
  },
  'record.set': {
    change: RecordSet,
    route: 'PUT reports/:id/records',
    roles: CASEWORK,
    body: NewRecord,
  },
  'answer.send': {
    change: ReplyChange,
    route: 'POST reports/:id/answers',
    roles: CASEWORK,
    countsLetters: true,
    body: NewReply,
    answer: 'made',
  },
  'danger.set': {
    change: DangerChange,
    route: 'PUT reports/:id/danger',
    roles: CASEWORK,
    countsLetters: true,
    body: NewEntry,
  },
  'case.assign': {
    change: CaseAssign,
    route: 'PUT reports/:id/assignee',
    roles: INTAKE,
    countsLetters: true,
    body: Assignment,
  },
  'case.return': {
    change: CaseReturn,
    route: 'PUT reports/:id/return',
    roles: CASEWORK,
  },
  'case.merge': {
    change: CaseMerge,
    route: 'POST reports/:id/merge',
    roles: INTAKE,
    body: Merging,
  },
  // The request of `case.merge` contains this row too.
  'case.absorb': { change: CaseAbsorb, roles: INTAKE },
  'letter.enter': {
    change: LetterEnter,
    route: 'POST letters',
    roles: INTAKE,
    body: NewLetter,
    answer: 'made',
  },
} as const satisfies Record<string, ActionRow>
