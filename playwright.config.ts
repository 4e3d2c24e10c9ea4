import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

/** The system's Chromium where there is one; otherwise the one that `npx playwright install chromium` brings. */
const executablePath = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].find(
  (file) => file && existsSync(file),
)

/** Chromium cannot build its sandbox as root. */
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/browser',
  globalSetup: './tests/support/browser-house.ts',
  forbidOnly: process.env['CI'] !== undefined,
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  reporter: 'list',
  use: {
    baseURL: process.env['COURAGE_URL'],
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      args: [...asRoot, '--disable-gpu', '--disable-background-networking'],
    },
  },
  projects: [
    { name: 'with script' },
    {
      name: 'without script',
      use: { javaScriptEnabled: false },
      // What a page or a mail is made of does not depend on the reader's settings, and measuring it takes script.
      testIgnore: ['pages.spec.ts', 'mails.spec.ts', '*-with-script.spec.ts'],
    },
  ],
})
