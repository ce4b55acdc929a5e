import babel from '@rolldown/plugin-babel'
import { reactCompilerPreset } from '@vitejs/plugin-react'

/** Compiles components as an app with React Compiler does. */
export const reactCompiler = () => babel({ presets: [reactCompilerPreset()] })
