import { afterEach, describe, expect, test } from 'vitest'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { secondCharity } from '#tests/support/second-charity.ts'
import { findCharity, saveCharity, theCharity } from './charity.server.ts'

const { charity } = secondCharity
const save = (changes = {}) => inTransaction((tx) => saveCharity(tx, { ...charity, ...changes }))

afterEach(async () => {
  await db.charity.deleteMany()
})

describe('the charity’s data', () => {
  test('is read back as it was set, and set again over it', async () => {
    expect(await save()).toEqual({ outcome: 'saved' })
    expect(await findCharity(db)).toEqual(charity)
    await save({ name: 'Wells' })
    expect(await theCharity(db)).toEqual({ ...charity, name: 'Wells' })
  })

  test('stays as it was when something is wrong with the new', async () => {
    await save()
    expect(await save({ name: 'Wells', accentLight: '#ffffff' })).toMatchObject({
      outcome: 'refused',
      problems: [{ problem: 'too-faint' }, { problem: 'too-faint' }],
    })
    expect(await theCharity(db)).toEqual(charity)
  })

  test('is missed loudly before the first seed', async () => {
    await expect(theCharity(db)).rejects.toThrow('npm run db -- prepare')
  })

  test('cannot hold, whatever writes it, a colour that would end the style sheet’s rule', async () => {
    await save()
    await expect(db.charity.updateMany({ data: { accentLight: 'red}*{display:none' } })).rejects.toThrow()
    await expect(db.charity.updateMany({ data: { website: 'javascript:alert(1)' } })).rejects.toThrow()
  })
})
