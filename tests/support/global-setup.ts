import { prepareGround, type Ground } from './ground.ts'

// Each project of a run that needs a database asks for the ground; all of them stand on the same one.
const run = globalThis as { courageGround?: Promise<Ground> }

export async function setup(): Promise<void> {
  await (run.courageGround ??= prepareGround())
}

export async function teardown(): Promise<void> {
  const ground = run.courageGround
  run.courageGround = undefined
  await (await ground)?.leave()
}
