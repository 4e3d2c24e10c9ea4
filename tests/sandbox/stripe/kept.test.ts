import { appendFileSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { useRestarts } from '../parts/restarts.ts'
import { startStandIn } from './server.ts'
import { aGift, clientOf, control, describeInStandIn } from './service.ts'

describeInStandIn(
  'a stand-in for Stripe that ends and is started again',
  'Stripe does not end on demand',
  () => {
    const kept = useRestarts(startStandIn, 'whsec_kept')
    const { listener, quiet, startAgain, types } = kept
    const begin = (idempotencyKey: string) =>
      clientOf(kept.running).checkout.sessions.create(aGift(), { idempotencyKey })

    test('has lost nothing, and does nothing twice', async () => {
      const session = await begin('k-1')
      await control(kept.running, `POST sessions/${session.id}/pay`)
      for (const _turn of ['once', 'twice']) {
        await startAgain()
        expect((await begin('k-1')).id).toBe(session.id)
        expect(await clientOf(kept.running).checkout.sessions.retrieve(session.id)).toMatchObject({
          payment_status: 'paid',
        })
      }
      expect((await clientOf(kept.running).charges.list()).data).toHaveLength(1)
    })

    test('has not lost what came before a line that was cut off', async () => {
      const session = await begin('k-1')
      await kept.running.close()
      appendFileSync(kept.keptFile, '{"kind":"turn","key":null,"changed":[{"id":')
      await startAgain()
      await begin('k-2')
      await startAgain()
      expect((await begin('k-1')).id).toBe(session.id)
      expect((await clientOf(kept.running).checkout.sessions.list()).data).toHaveLength(2)
    })

    test('does what falls due though it was planned before, and once', async () => {
      const session = await begin('k-1')
      await control(kept.running, `POST sessions/${session.id}/pay`, { how: 'late' })
      await startAgain()
      await control(kept.running, 'PUT clock', { aheadMs: 5 * 86_400_000 })
      await startAgain()
      expect(await clientOf(kept.running).checkout.sessions.retrieve(session.id)).toMatchObject({
        payment_status: 'paid',
      })
      await control(kept.running, 'PUT clock', { aheadMs: 6 * 86_400_000 })
      expect((await clientOf(kept.running).balanceTransactions.list()).data).toHaveLength(1)
    })

    test('shows a dispute with its movements as they are, though both were kept', async () => {
      const session = await begin('k-1')
      await control(kept.running, `POST sessions/${session.id}/pay`)
      const [charge] = (await clientOf(kept.running).charges.list()).data
      const { id } = await control(kept.running, `POST charges/${charge?.id}/dispute`)
      await startAgain()
      await control(kept.running, 'PUT clock', { aheadMs: 4 * 86_400_000 })
      expect(await clientOf(kept.running).disputes.retrieve(id ?? '')).toMatchObject({
        balance_transactions: [{ status: 'available' }],
      })
    })

    test('tells what it had not told, under the same id', async () => {
      listener.answer = 503
      const session = await begin('k-1')
      await clientOf(kept.running).checkout.sessions.expire(session.id)
      await expect.poll(types).toEqual(['checkout.session.expired'])
      listener.answer = 200
      await startAgain()
      await expect.poll(types).toEqual(['checkout.session.expired', 'checkout.session.expired'])
      expect(new Set(listener.heard.map(({ body }) => body)).size).toBe(1)
      await quiet()
      await startAgain()
      await quiet()
      expect(types()).toHaveLength(2)
    })

    test('shows what it keeps to its owner alone, and forgets it when it is told to', async () => {
      await begin('k-1')
      expect(statSync(kept.keptFile).mode & 0o077).toBe(0)
      await control(kept.running, 'POST reset')
      await begin('k-1')
      await startAgain()
      expect((await clientOf(kept.running).checkout.sessions.list()).data).toHaveLength(1)
    })

    test('lets no page of another site move it', async () => {
      const asked = (headers: Record<string, string>) => kept.control('GET', 'log', undefined, headers)
      expect((await asked({})).status).toBe(200)
      expect((await asked({ origin: 'https://evil.example' })).status).toBe(404)
    })
  },
)
