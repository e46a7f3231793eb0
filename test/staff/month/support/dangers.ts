// Describes the nights and days of danger in the month, with every call that the edge should make.
import type { Line } from './story.ts'

export const DANGERS: readonly Line[] = [
  // The first person on duty responds.
  ['02 23:00', 'D1', 'writes in danger'],
  ['02 23:00', 'the edge', 'calls', 'Bermet'],
  ['02 23:04', 'Bermet', 'takes the alert'],
  ['02 23:10', 'Bermet', 'notes', 'D1'],
  // The first person on duty is asleep, so the next person is called.
  ['04 23:00', 'D2', 'writes in danger'],
  ['04 23:00', 'the edge', 'calls', 'Aigul'],
  ['04 23:10', 'the edge', 'calls', 'Bermet'],
  ['04 23:12', 'Bermet', 'takes the alert'],
  ['04 23:15', 'Bermet', 'tries to call', 'D2'],
  // Cholpon takes the danger and falls asleep. She is called again, and then everybody else is
  // called.
  ['06 02:30', 'D3', 'writes in danger'],
  ['06 02:30', 'the edge', 'calls', 'Bermet'],
  ['06 02:40', 'the edge', 'calls', 'Cholpon'],
  ['06 02:41', 'Cholpon', 'takes the alert'],
  ['06 02:56', 'the edge', 'calls', 'Cholpon'],
  ['06 03:06', 'the edge', 'calls', 'Aigul Bermet'],
  ['06 03:09', 'Aigul', 'takes the alert'],
  ['06 03:15', 'Aigul', 'answers', 'D3'],
  // The 8th is a holiday, and Bermet is ill.
  ['08 12:00', 'D4', 'writes in danger'],
  ['08 12:00', 'the edge', 'calls', 'Aigul'],
  ['08 12:10', 'the edge', 'calls', 'Bermet'],
  ['08 12:20', 'the edge', 'calls', 'Aigul Bermet Cholpon'],
  ['08 12:24', 'Cholpon', 'takes the alert'],
  ['08 12:26', 'Cholpon', 'notes', 'D4'],
  ['09 23:00', 'D5', 'writes in danger'],
  ['09 23:00', 'the edge', 'calls', 'Bermet'],
  ['09 23:10', 'the edge', 'calls', 'Cholpon'],
  ['09 23:13', 'Cholpon', 'takes the alert'],
  ['09 23:20', 'Cholpon', 'answers', 'D5'],
  // Aigul takes the danger and forgets it. The next person on the rota is ill.
  ['11 23:30', 'D6', 'writes in danger'],
  ['11 23:30', 'the edge', 'calls', 'Aigul'],
  ['11 23:31', 'Aigul', 'takes the alert'],
  ['11 23:46', 'the edge', 'calls', 'Aigul'],
  ['11 23:56', 'the edge', 'calls', 'Bermet'],
  ['12 00:06', 'the edge', 'calls', 'Bermet Cholpon'],
  ['12 00:08', 'Aigul', 'notes', 'D6'],
  // The rota has a gap on Sunday. Cholpon sleeps until everybody is called.
  ['14 23:00', 'D7', 'writes in danger'],
  ['14 23:00', 'the edge', 'calls', 'Aigul Bermet'],
  ['14 23:10', 'the edge', 'calls', 'Aigul Bermet Cholpon'],
  ['14 23:12', 'Cholpon', 'takes the alert'],
  ['14 23:16', 'Cholpon', 'notes', 'D7'],
  // Two people are in danger at once. The second alert waits until the first alert is taken.
  ['17 22:30', 'D8', 'writes in danger'],
  ['17 22:30', 'the edge', 'calls', 'Aigul'],
  ['17 22:33', 'D9', 'writes in danger'],
  ['17 22:35', 'Aigul', 'takes the alert'],
  ['17 22:36', 'the edge', 'calls', 'Aigul'],
  ['17 22:38', 'Aigul', 'notes', 'D8'],
  ['17 22:46', 'the edge', 'calls', 'Aigul Bermet Cholpon'],
  ['17 22:50', 'Bermet', 'takes the alert'],
  ['17 22:55', 'Bermet', 'tries to call', 'D9'],
  // Bermet takes the alert and hands the case over to Aigul. Nobody reads the handover, so it does
  // not count as an act.
  ['19 18:30', 'D10', 'writes in danger'],
  ['19 18:30', 'the edge', 'calls', 'Bermet'],
  ['19 18:33', 'Bermet', 'takes the alert'],
  ['19 18:40', 'Bermet', 'hands over', 'D10', 'Aigul'],
  ['19 18:48', 'the edge', 'calls', 'Bermet'],
  ['19 18:58', 'the edge', 'calls', 'Aigul'],
  ['19 19:00', 'Aigul', 'takes the alert'],
  ['19 19:05', 'Aigul', 'answers', 'D10'],
  // Nooruz, a holiday. Aigul gives the danger back, and everybody else is called immediately.
  ['21 03:00', 'D11', 'writes in danger'],
  ['21 03:00', 'the edge', 'calls', 'Aigul'],
  ['21 03:01', 'Aigul', 'takes the alert'],
  ['21 03:03', 'Aigul', 'gives the alert back'],
  ['21 03:03', 'the edge', 'calls', 'Bermet Cholpon'],
  ['21 03:06', 'Bermet', 'takes the alert'],
  ['21 03:10', 'Bermet', 'notes', 'D11'],
  // Two colleagues take the same alert, and reply to the same letter, in the same minute.
  ['22 12:10', 'D12', 'writes in danger'],
  ['22 12:10', 'the edge', 'calls', 'Aigul'],
  ['22 12:11', 'Aigul', 'takes the alert'],
  ['22 12:11', 'Cholpon', 'takes the alert'],
  ['22 12:13', 'Aigul', 'answers', 'D12'],
  ['22 12:13', 'Cholpon', 'answers', 'D12'],
  // The person from the first night is in danger again.
  ['25 23:40', 'D1', 'writes again in danger'],
  ['25 23:40', 'the edge', 'calls', 'Aigul'],
  ['25 23:42', 'Aigul', 'takes the alert'],
  ['25 23:50', 'Aigul', 'answers', 'D1'],
]
