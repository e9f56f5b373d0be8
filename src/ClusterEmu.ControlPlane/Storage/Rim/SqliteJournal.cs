using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace ClusterEmu.ControlPlane.Storage;

/// <summary>A journal in a SQLite file: write-ahead log, synchronous=FULL, one transaction per batch, one thread of its own.</summary>
/// <remarks>The file is locked for as long as the journal is open: a second process is refused, and kill -9 frees it.</remarks>
public sealed class SqliteJournal : IJournal
{
    private const int PageEntries = 2000;
    private const int SqliteBusy = 5;
    private const int SqliteReadOnly = 8;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNotADatabase = 26;

    private readonly BlockingCollection<Action<Func<SqliteConnection>>> _commands = [];
    private readonly string _path;
    private readonly Thread _thread;
    private SqliteCommand? _insert;
    private SqliteCommand? _forget;

    /// <param name="path">The database file; made if it does not exist. Its directory must exist.</param>
    public SqliteJournal(string path)
    {
        _path = path;
        _thread = new Thread(Run) { IsBackground = true, Name = "journal" };
        _thread.Start();
    }

    public void Append(JournalBatch batch, IActorRef replyTo) => Post("append", replyTo, connection =>
    {
        using var transaction = connection.BeginTransaction();
        var insert = _insert!;
        insert.Transaction = transaction;
        foreach (var entry in batch.Entries)
        {
            insert.Parameters[0].Value = entry.Revision;
            insert.Parameters[1].Value = (long)entry.Type;
            insert.Parameters[2].Value = entry.Resource;
            insert.Parameters[3].Value = entry.Json;
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
        return new JournalAppended(batch.LastRevision);
    });

    public void Read(long afterRevision, IActorRef replyTo) => Post("read", replyTo, connection =>
    {
        var compacted = Compacted(connection);
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT revision, type, resource, object FROM log WHERE revision > $after ORDER BY revision";
        select.Parameters.AddWithValue("$after", afterRevision);
        using var rows = select.ExecuteReader();
        var page = new List<JournalEntry>();
        while (rows.Read())
        {
            if (page.Count == PageEntries)
            {
                replyTo.Tell(new JournalPage(page, compacted, Last: false), ActorRefs.NoSender);
                page = [];
            }
            page.Add(new JournalEntry(rows.GetInt64(0), (StoreEventType)rows.GetInt64(1), rows.GetString(2), rows.GetFieldValue<byte[]>(3)));
        }
        return new JournalPage(page, compacted, Last: true);
    });

    public void Compact(long compacted, IReadOnlyList<long> garbage, IActorRef replyTo) => Post("compact", replyTo, connection =>
    {
        using var transaction = connection.BeginTransaction();
        var forget = _forget!;
        forget.Transaction = transaction;
        foreach (var revision in garbage)
        {
            forget.Parameters[0].Value = revision;
            forget.ExecuteNonQuery();
        }
        using var remember = connection.CreateCommand();
        remember.Transaction = transaction;
        remember.CommandText = "UPDATE meta SET value = max(value, $compacted) WHERE name = 'compacted'";
        remember.Parameters.AddWithValue("$compacted", compacted);
        remember.ExecuteNonQuery();
        transaction.Commit();
        return new JournalCompacted(compacted);
    });

    /// <summary>Carries out what was asked before, then closes the file.</summary>
    public void Dispose()
    {
        _commands.CompleteAdding();
        _thread.Join(TimeSpan.FromSeconds(10));
    }

    private void Post(string operation, IActorRef replyTo, Func<SqliteConnection, object> work)
    {
        void Command(Func<SqliteConnection> connection)
        {
            object reply;
            try
            {
                reply = work(connection());
            }
            catch (Exception problem) when (problem is SqliteException or InvalidOperationException)
            {
                reply = new JournalFailed(operation, Explain(problem));
            }
            replyTo.Tell(reply, ActorRefs.NoSender);
        }

        try
        {
            _commands.Add(Command);
        }
        catch (InvalidOperationException)
        {
            replyTo.Tell(new JournalFailed(operation, $"{_path} is closed: the process is stopping."), ActorRefs.NoSender);
        }
    }

    private void Run()
    {
        SqliteConnection? connection = null;
        SqliteException? refused = null;
        try
        {
            connection = Open();
        }
        catch (SqliteException problem)
        {
            refused = problem;
        }
        using (connection)
        {
            // Where the file could not be opened, every command fails, and its caller hears why.
            foreach (var command in _commands.GetConsumingEnumerable()) command(() => connection ?? throw refused!);
            _insert?.Dispose();
            _forget?.Dispose();
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _path, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            connection.Open();
            using var setup = connection.CreateCommand();
            setup.CommandText = """
                PRAGMA locking_mode = EXCLUSIVE;
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                BEGIN IMMEDIATE;
                CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS log (revision INTEGER PRIMARY KEY, type INTEGER NOT NULL, resource TEXT NOT NULL, object BLOB NOT NULL);
                INSERT OR IGNORE INTO meta VALUES ('format', 1), ('compacted', 0);
                COMMIT;
                """;
            setup.ExecuteNonQuery();
            _insert = connection.CreateCommand();
            _insert.CommandText = "INSERT INTO log VALUES ($revision, $type, $resource, $object)";
            _insert.Parameters.Add("$revision", SqliteType.Integer);
            _insert.Parameters.Add("$type", SqliteType.Integer);
            _insert.Parameters.Add("$resource", SqliteType.Text);
            _insert.Parameters.Add("$object", SqliteType.Blob);
            _insert.Prepare();
            _forget = connection.CreateCommand();
            _forget.CommandText = "DELETE FROM log WHERE revision = $revision";
            _forget.Parameters.Add("$revision", SqliteType.Integer);
            _forget.Prepare();
            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    private static long Compacted(SqliteConnection connection)
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT value FROM meta WHERE name = 'compacted'";
        return (long)select.ExecuteScalar()!;
    }

    private string Explain(Exception problem) => (problem as SqliteException)?.SqliteErrorCode switch
    {
        SqliteBusy => $"{_path} is in use by another process. Stop that cluster (clusteremu down), or choose another state directory.",
        SqliteReadOnly or SqliteCannotOpen =>
            $"{_path} cannot be opened for writing ({problem.Message}). The state directory must exist and be writable: make it so, or choose another one.",
        SqliteFull => $"{_path} cannot grow: the disk is full. Free some space, then restart the control plane.",
        SqliteNotADatabase => $"{_path} is no store of this program ({problem.Message}). Move it away, or choose another state directory.",
        _ => $"{_path}: {problem.Message}",
    };
}
