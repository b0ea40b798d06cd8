using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Harness.Target.Storage;

/// <summary>Tells failures of a store that another moment may mend from those that no repetition will.</summary>
internal static class PassingFailure
{
    // SQLITE_BUSY, SQLITE_LOCKED, SQLITE_IOERR, SQLITE_FULL: another moment or another disk, not another statement.
    private static readonly int[] PassingSqliteErrors = [5, 6, 10, 13];

    public static bool Is(Exception error) => error switch
    {
        StoreBusyException or TimeoutException => true,
        NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: IOException or TimeoutException or SocketException } => true,
        SqliteException sqlite => PassingSqliteErrors.Contains(sqlite.SqliteErrorCode),
        _ => false,
    };
}
