import type { SpatioAuth } from '@spatio-labs/auth'
import { createTestAuth } from '@spatio-labs/auth/testing'
import { describe, expect, it } from 'vitest'
import type { BindingDriver } from './binding-driver.js'
import { watchLeaf } from './page-props.js'

/** Mistakes of the app are errors that name them and their page in the docs. */
export function describeMistakes({ mount, missingCode }: BindingDriver): void {
  const configuration = (code: string) =>
    expect.objectContaining({ code, phase: 'configuration', docs: expect.stringContaining(`#${code}`) })

  describe('a mistake of the app', () => {
    it('is named when there is no provider above', async () => {
      const { props } = watchLeaf(createTestAuth())
      await expect(mount('no-provider', props)).rejects.toEqual(configuration(missingCode))
    })

    it('is named when the client is missing', async () => {
      const { props } = watchLeaf(undefined as unknown as SpatioAuth)
      await expect(mount('reader', props)).rejects.toEqual(configuration('config_invalid'))
    })

    it('is named when there are two clients', async () => {
      const { props } = watchLeaf(createTestAuth())
      await expect(mount('two-clients', props)).rejects.toEqual(configuration('config_invalid'))
    })
  })
}
