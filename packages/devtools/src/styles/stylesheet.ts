import { controls } from './controls.js'
import { frame } from './frame.js'
import { tokens } from './tokens.js'
import { views } from './views.js'

/** All styles of the devtools. Nothing is fetched. */
export const stylesheet: string = tokens + frame + controls + views
