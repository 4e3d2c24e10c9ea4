import { defineConfig } from '@playwright/test'
import base from '../../playwright.config.ts'

/** `npm run screenshots`: every page, at three widths, light and dark, into screenshots/ for people to look at. */
export default defineConfig({
  ...base,
  testDir: '.',
  testMatch: 'screenshots.ts',
  globalSetup: '../support/browser-house.ts',
  outputDir: '../../test-results/screenshots',
  projects: [{ name: 'screenshots' }],
})
