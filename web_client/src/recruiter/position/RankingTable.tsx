import {
  createColumnHelper,
  flexRender,
  getCoreRowModel,
  getFilteredRowModel,
  getSortedRowModel,
  useReactTable,
  type ColumnFiltersState,
  type Header,
  type SortingState,
} from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';

import { Icon } from '../../design/Icon';
import { ScrollArea } from '../../design/ScrollArea';
import { Chip } from '../Chip';
import { decisions, moment, statuses } from '../core/words';
import { ScoreBar } from '../ScoreBar';
import type { NotBegun, RankingRow } from '../staffApi';
import { FitChips } from './FitChips';

/** A row of the list: a candidate, or somebody whose invitation led to no interview yet. */
type Row = Omit<RankingRow, 'session_id'> & { key: string; session_id: string | null; invitation: NotBegun | null };

function asRow(invitation: NotBegun): Row {
  return {
    key: `invited ${invitation.invited_at} ${invitation.candidate_name}`,
    session_id: null,
    invitation,
    candidate_name: invitation.candidate_name,
    status: 'created',
    mode: 'voice',
    rank: null,
    rank_tied: false,
    overall: null,
    counted: 0,
    criteria: [],
    decision: null,
    ended_at: null,
    has_recording: false,
    has_cv: false,
    failure: null,
  };
}

const invitationWords: Readonly<Record<NotBegun['state'], (invitation: NotBegun) => string>> = {
  open: ({ expires_at }) => `The link is valid until ${moment(expires_at)}.`,
  expired: ({ expires_at }) => `The link expired ${moment(expires_at)}.`,
  withdrawn: () => 'The invitation was withdrawn.',
};

const column = createColumnHelper<Row>();
/** Nobody without a rank stands before somebody with one, whichever way the list is sorted. */
const LAST = Number.MAX_SAFE_INTEGER;

const columns = [
  column.accessor((row) => row.rank ?? LAST, {
    id: 'rank',
    header: 'Rank',
    cell: ({ row }) => <Rank row={row.original} />,
  }),
  column.accessor('candidate_name', {
    header: 'Candidate',
    filterFn: 'includesString',
    cell: ({ row }) => <Candidate row={row.original} />,
  }),
  column.accessor('status', { header: 'Status', filterFn: 'equalsString', cell: ({ row }) => <StatusCell row={row.original} /> }),
  column.accessor((row) => row.overall?.score ?? -1, {
    id: 'overall',
    header: 'Overall score',
    sortDescFirst: true,
    cell: ({ row: { original } }) =>
      original.overall === null ? <span className="muted">–</span> : <Overall row={original} overall={original.overall} />,
  }),
  column.accessor((row) => row.criteria.filter((c) => c.fit === 'below').length, {
    id: 'fit',
    header: 'Fit by criterion',
    enableSorting: false,
    filterFn: (row, _id, wanted: boolean) => !wanted || row.original.criteria.every((c) => c.fit !== 'below'),
    cell: ({ row }) => <FitChips criteria={row.original.criteria} />,
  }),
];

function Rank({ row }: { row: Row }) {
  if (row.rank === null) return <span className="muted">–</span>;
  return (
    <span className="rank">
      {row.rank}
      {row.rank_tied && <Chip tone="plain" icon="equal" title="The intervals overlap: the scores do not tell these candidates apart.">tied</Chip>}
    </span>
  );
}

function Overall({ row, overall }: { row: Row; overall: NonNullable<Row['overall']> }) {
  const wanted = row.criteria.length;
  return (
    <div>
      <ScoreBar name="Overall" {...overall} />
      {row.counted < wanted && <p className="small muted">from {row.counted} of {wanted} criteria</p>}
    </div>
  );
}

function Candidate({ row }: { row: Row }) {
  if (row.session_id === null) {
    return (
      <div>
        <span className="strong">{row.candidate_name}</span>
        <p className="small muted">invited {moment(row.invitation?.invited_at ?? null)}</p>
      </div>
    );
  }
  return (
    <div>
      <Link className="strong" to={`/recruiter/sessions/${row.session_id}`}>{row.candidate_name}</Link>
      <p className="small muted">
        {row.mode === 'voice' ? 'spoken' : 'typed'}
        {row.has_recording && ' · recording'}
        {row.has_cv && ' · CV'}
      </p>
    </div>
  );
}

function StatusCell({ row }: { row: Row }) {
  const status = statuses[row.status];
  return (
    <div className="stack" data-gap="s">
      <span><Chip tone={status.tone} icon={status.icon}>{status.words}</Chip></span>
      {row.invitation !== null && <p className="small muted">{invitationWords[row.invitation.state](row.invitation)}</p>}
      {row.failure !== null && <p className="small muted">{row.failure}</p>}
      {row.decision !== null && <p className="small">{decisions[row.decision.decision].words}</p>}
      {row.ended_at !== null && <p className="small muted">{moment(row.ended_at)}</p>}
    </div>
  );
}

/** The position's candidates in order; ties are shown, nobody is dropped. */
export function RankingTable({ rows: candidates, notBegun }: { rows: readonly RankingRow[]; notBegun: readonly NotBegun[] }) {
  const [sorting, setSorting] = useState<SortingState>([{ id: 'rank', desc: false }]);
  const [columnFilters, setColumnFilters] = useState<ColumnFiltersState>([]);
  const rows = useMemo(
    () => [...candidates.map((row): Row => ({ ...row, key: row.session_id, invitation: null })), ...notBegun.map(asRow)],
    [candidates, notBegun],
  );
  // eslint-disable-next-line react-hooks/incompatible-library -- the table is rebuilt with its rows on purpose
  const table = useReactTable({
    data: rows,
    columns,
    state: { sorting, columnFilters },
    onSortingChange: setSorting,
    onColumnFiltersChange: setColumnFilters,
    getRowId: (row) => row.key,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
    getFilteredRowModel: getFilteredRowModel(),
  });
  const shown = table.getRowModel().rows;

  if (rows.length === 0) {
    return (
      <p className="empty">
        Nobody has been invited yet. Invite one: when the interview is over, the scores appear here within seconds.
      </p>
    );
  }
  return (
    <div className="stack">
      <div className="filters" role="group" aria-label="Filter candidates">
        <label>
          <span className="visually-hidden">Find by name</span>
          <input
            type="search"
            className="input"
            placeholder="Find by name"
            onChange={(event) => table.getColumn('candidate_name')?.setFilterValue(event.target.value || undefined)}
          />
        </label>
        <label className="row">
          <span className="small">Status</span>
          <select className="input" onChange={(event) => table.getColumn('status')?.setFilterValue(event.target.value || undefined)}>
            <option value="">all</option>
            {Object.entries(statuses).map(([value, { words }]) => <option key={value} value={value}>{words}</option>)}
          </select>
        </label>
        <label className="row small">
          <input type="checkbox" onChange={(event) => table.getColumn('fit')?.setFilterValue(event.target.checked || undefined)} />
          No criterion below its level
        </label>
        <span className="small muted" role="status">{shown.length} of {rows.length}</span>
      </div>
      <ScrollArea label="Ranking">
        <table className="table ranking" data-narrow="cards">
          <caption className="visually-hidden">Candidates, ranked</caption>
          <thead>
            <tr>{table.getFlatHeaders().map((header) => <HeaderCell key={header.id} header={header} />)}</tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.id}>
                {row.getVisibleCells().map((cell) => (
                  <td key={cell.id} data-column={cell.column.id} data-label={String(cell.column.columnDef.header)}>{flexRender(cell.column.columnDef.cell, cell.getContext())}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
      {shown.length === 0 && <p className="empty">No candidate matches these filters.</p>}
    </div>
  );
}

function HeaderCell({ header }: { header: Header<Row, unknown> }) {
  const sorted = header.column.getIsSorted();
  const words = flexRender(header.column.columnDef.header, header.getContext());
  return (
    <th scope="col" data-column={header.column.id} aria-sort={sorted === false ? 'none' : sorted === 'asc' ? 'ascending' : 'descending'}>
      {header.column.getCanSort() ? (
        <button type="button" className="sort" onClick={header.column.getToggleSortingHandler()}>
          {words}
          {sorted !== false && <Icon name={sorted === 'asc' ? 'up' : 'down'} />}
        </button>
      ) : words}
    </th>
  );
}
