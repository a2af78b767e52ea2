using Actors.Grains.Tensors;

using Microsoft.Data.Sqlite;

namespace Actors.Silo.Storage;

/// <summary>The aggregator's database in the workspace: one SQLite file, made when missing.</summary>
public static class SqliteDatabase
{
    /// <summary>The name by which Orleans' ADO.NET provider knows SQLite.</summary>
    public const string Invariant = "System.Data.SQLite";

    /// <summary>Makes the file and its tables when they are missing, and returns the connection string.</summary>
    /// <param name="path">The file; its folder is made when missing.</param>
    /// <param name="durability">With <see cref="Durability.PowerLoss"/> every commit is synchronised to the disk.</param>
    /// <exception cref="SqliteException">The file is no database, or cannot be opened.</exception>
    public static string Open(string path, Durability durability)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            // Seconds that a statement waits for another process's lock: less than a grain call may take, so that its caller learns why.
            DefaultTimeout = 10,
        }.ToString();
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA journal_mode = WAL;\n{Schema(durability)}";
        command.ExecuteNonQuery();
        return connectionString;
    }

    private static string Schema(Durability durability)
    {
        using var resource = typeof(SqliteDatabase).Assembly.GetManifestResourceStream("sqlite.sql")!;
        using var reader = new StreamReader(resource);

        // In WAL mode NORMAL survives the death of the process without a sync at every commit; FULL survives power loss as well.
        return reader.ReadToEnd().Replace("{synchronous}", durability == Durability.PowerLoss ? "FULL" : "NORMAL", StringComparison.Ordinal);
    }
}
