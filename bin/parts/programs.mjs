/** The programs of the product, and of what it pretends in a sandbox: the name of each bundle, and its source. */
export const programs = {
  server: 'app/server.ts',
  worker: 'app/worker.ts',
  command: 'app/command.ts',
  'stand-in-resend': 'tests/sandbox/resend/main.ts',
  'stand-in-stripe': 'tests/sandbox/stripe/main.ts',
}

/** @typedef {keyof typeof programs} Program */
