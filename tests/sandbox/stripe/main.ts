import { runAlone } from '../parts/process.ts'
import { startStandIn } from './server.ts'

await runAlone('Stripe', startStandIn)
