import { execFile } from 'node:child_process'
import { projectRoot } from '../support/settings.ts'

/** Holds a drill, as `npm run drill -- …` does. What it says, and how it ends. */
export function hold(...args: string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', 'tests/drill/run.ts', ...args],
      { cwd: projectRoot },
      (_, stdout, stderr) => resolve({ code: child.exitCode ?? -1, said: stdout + stderr }),
    )
  })
}
