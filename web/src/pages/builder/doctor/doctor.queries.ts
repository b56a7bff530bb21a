import { queryOptions } from '@tanstack/react-query';
import { ApiError, api, dataOf, type Shape } from '../../../api/client.ts';

export type DoctorRun = Shape<'DoctorRun'>;
export type DoctorCheck = Shape<'DoctorCheck'>;

/** Single checks make no events, so a run is looked at every second. */
const LOOK_AGAIN_MS = 1_000;

/** The latest run; null where there was none. */
export const doctorQuery = (id: string) =>
  queryOptions({
    queryKey: ['agents', id, 'doctor'],
    queryFn: async ({ signal }): Promise<DoctorRun | null> => {
      try {
        return await dataOf(api.GET('/agents/{id}/doctor', { params: { path: { id } }, signal }));
      } catch (error) {
        if (error instanceof ApiError && error.code === 'DOCTOR_NOT_RUN') return null;
        throw error;
      }
    },
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? LOOK_AGAIN_MS : false),
  });
