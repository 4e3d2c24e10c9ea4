import { execFile } from 'node:child_process'
import { projectRoot, withSettings } from './settings.ts'

/** Runs a built command of the product as a person would (`mail status`); returns what it said and how it ended. */
export function runCommand(
  databaseUrl: string,
  args: string[],
  settings: Record<string, string> = {},
): Promise<{ code: number; said: string; complained: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['build/command.js', ...args],
      {
        cwd: projectRoot,
        env: withSettings({ DATABASE_URL: databaseUrl, COURAGE_PROCESS: 'command', ...settings }),
      },
      (error, said, complained) => resolve({ code: Number(error?.code ?? 0), said, complained }),
    )
  })
}
