import DefaultTheme from 'vitepress/theme'
import './spatio.css'

export default DefaultTheme
