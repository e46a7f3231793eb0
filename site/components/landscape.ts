// An open door, a road, the mountains at home: drawn once, for the home page and for the picture that a chat shows. Box 360 × 240.
export const LANDSCAPE = [
  'M118 230V76c0-30 28-48 66-48s66 18 66 48v154M118 76c-6-22-26-32-50-30v192l50-8M82 142v10M4 230h64M250 230h106',
  'm118 154 24-30 14 14 28-46 26 38 14-14 26 32M174 108l4 12 8-8 8 12 6-8',
  'M286 230v-14M268 216l18-30 18 30zM274 190l12-22 12 22M322 230v-8M310 222l12-20 12 20zM314 206l8-15 8 15',
] as const

/** The road that leads out of the door. */
export const WAY =
  'M144 230c8-20 50-24 46-42-3-13-16-16-6-34M214 230c2-20 8-30 2-44-4-12-20-14-22-32'
