// Defines the staff app's requests about alerts: carriers, devices, the rota and quiet hours.
import {
  AlertPlan,
  AlertTrial,
  Devices,
  DeviceTrial,
  OpenAlerts,
  type DeviceKeys,
  type TakeAlert,
} from '#protocol/staff/alerts/alerts'
import { ask, nothing } from './client.ts'

export const fetchAlerts = (): Promise<OpenAlerts> =>
  ask({ method: 'GET', path: 'alerts/open', answer: OpenAlerts })

export const postTaking = (body: TakeAlert): Promise<OpenAlerts> =>
  ask({ method: 'POST', path: 'alerts/take', body, answer: OpenAlerts })

export const postGivenBack = (id: string): Promise<OpenAlerts> =>
  ask({ method: 'POST', path: 'alerts/give-back', body: { id }, answer: OpenAlerts })

export const fetchAlertPlan = (): Promise<AlertPlan> =>
  ask({ method: 'GET', path: 'alerts', answer: AlertPlan })

export const postTrial = (): Promise<AlertTrial> =>
  ask({ method: 'POST', path: 'alerts/test', body: {}, answer: AlertTrial })

export const fetchDevices = (): Promise<Devices> =>
  ask({ method: 'GET', path: 'alerts/devices', answer: Devices })

export const postDevice = (body: DeviceKeys): Promise<null> =>
  ask({ method: 'POST', path: 'alerts/devices', body, answer: nothing })

export const postDeviceTrial = (id: string): Promise<DeviceTrial> =>
  ask({ method: 'POST', path: `alerts/devices/${id}/test`, body: {}, answer: DeviceTrial })

export const postDeviceRemoval = (id: string): Promise<null> =>
  ask({ method: 'POST', path: `alerts/devices/${id}/remove`, body: {}, answer: nothing })
