// Wraps the stores of scripts/home for worlds. All worlds of a thread share one database, because
// rerunning the migrations would take longer than a world. When a world ends, its changes are
// undone.
import { sameBytes, type Bytes } from '#protocol/bytes'
import { HomeBucket } from '#scripts/home/bucket'
import { HomeDatabase } from '#scripts/home/database'

export class WorldDatabase extends HomeDatabase {
  /** the size that the database reports, in bytes */
  bytes = 0

  /** Starts an empty world. */
  begin(): void {
    this.run('SAVEPOINT world')
  }

  /** Undoes everything since `begin`. */
  undo(): void {
    this.run('ROLLBACK TO world; RELEASE world')
  }

  override size(): number {
    return this.bytes
  }
}

export class WorldBucket extends HomeBucket {
  /** keys of objects whose bytes a put replaced */
  readonly replaced: string[] = []

  override put(...[key, bytes, options]: Parameters<HomeBucket['put']>) {
    const before = this.find(key)
    const stored = super.put(key, bytes, options)
    if (stored && before && !sameBytes(before.bytes, bytes)) this.replaced.push(key)
    return stored
  }
}

/** Reads the bytes of a column that contains a BLOB. */
export const blobFrom = (value: unknown): Bytes => value as Bytes
