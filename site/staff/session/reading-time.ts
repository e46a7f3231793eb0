// Counts the minutes of reading, so that the app can suggest a break once an hour.
export interface ReadingTime {
  /** minutes of reading since the last break or reminder */
  read: number
  /** minutes without reading since then */
  rested: number
}

export const NOTHING_READ: ReadingTime = { read: 0, rested: 0 }

/** A break of this length starts a new hour. */
export const BREAK_MINUTES = 10
export const HOUR_MINUTES = 60

/** Returns the time after one more minute. @param isReading  a report is open in a visible tab */
export function afterMinute({ read, rested }: ReadingTime, isReading: boolean): ReadingTime {
  if (isReading) return { read: read + 1, rested: 0 }
  return rested + 1 >= BREAK_MINUTES ? NOTHING_READ : { read, rested: rested + 1 }
}

export const isBreakDue = ({ read }: ReadingTime): boolean => read >= HOUR_MINUTES
