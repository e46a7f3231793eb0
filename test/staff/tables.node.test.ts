// Checks that the staff app never indexes a table with an untrusted string, because every table has
// `__proto__` and `constructor`.
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '../../site/staff')
const LOOK_UP = join(folder, 'crypto/prototype-guard.ts')

/** Finds every `table[key]` in `program` where the key is a string and the table is not a list. */
function lookUps(program: ts.Program, isOurs: (file: string) => boolean): string[] {
  const checker = program.getTypeChecker()
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isElementAccessExpression(node)) {
      const key = checker.getTypeAtLocation(node.argumentExpression)
      const table = checker.getTypeAtLocation(node.expression)
      const isList = checker.isArrayLikeType(table)
      if ((key.flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral)) !== 0 && !isList)
        found.push(`${node.getSourceFile().fileName}: ${node.getText()}`)
    }
    ts.forEachChild(node, visit)
  }
  for (const file of program.getSourceFiles()) if (isOurs(file.fileName)) visit(file)
  return found
}

test('R16: Only prototype-guard.ts looks up a table by a string, because it checks the key', () => {
  const path = join(folder, 'tsconfig.json')
  const { config } = ts.readConfigFile(path, (file) => ts.sys.readFile(file)) as { config: object }
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(path))
  const program = ts.createProgram(fileNames, options)
  const isOurs = (file: string): boolean => file.startsWith(folder) && file !== LOOK_UP
  expect(lookUps(program, isOurs)).toEqual([])
  expect(lookUps(program, (file) => file === LOOK_UP)).toHaveLength(1)
}, 60_000)
