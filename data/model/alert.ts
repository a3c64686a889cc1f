import type { EventLevel } from './event';
import type { Area, LngLat } from './geo';

/** CAP status: what is not `Actual` is for practice and never told to a wall. */
export type AlertStatus = 'Actual' | 'Exercise' | 'Test';
/** CAP message type. */
export type AlertMessage = 'Alert' | 'Update' | 'Cancel';

/** A place of a warning. Null division = an area of its own, such as a part of the sea. */
export type AlertPlace = { name: string; nameEn: string; division: string | null };

/** A warning message as screens get it; instants are ISO. */
export type Alert = {
  id: string;
  identifier: string;
  sender: string;
  status: AlertStatus;
  message: AlertMessage;
  /** Identifiers of the messages it replaces or cancels. */
  refersTo: string[];
  /** Word of list `weather-warning`, colour included. */
  warning: string;
  /** Null = white: watch and inform. */
  level: EventLevel | null;
  headline: string;
  headlineEn: string;
  description: string;
  sentAt: string;
  effectiveAt: string;
  expiresAt: string;
  /** Superseded or cancelled at; null = neither by the clock asked for. */
  endedAt: string | null;
  areas: AlertPlace[];
};

/** The area of a warning as it is drawn. `center`: where its label stands. */
export type AlertArea = AlertPlace & {
  alert: string;
  level: EventLevel | null;
  warning: string;
  geometry: Area;
  center: LngLat;
};
