-- The aggregator's state in SQLite, behind Orleans' ADO.NET provider: one row a record, of which most grains have one. The
-- provider reads the statements it needs from OrleansQuery by key and fills in the parameters; statements and table are ours.
-- {synchronous} is set for the durability that was asked for: the provider opens connections of its own, and the setting is one
-- of a connection.

CREATE TABLE IF NOT EXISTS GrainState
(
    ServiceId              TEXT    NOT NULL,
    GrainTypeString        TEXT    NOT NULL,
    GrainIdN0              INTEGER NOT NULL,
    GrainIdN1              INTEGER NOT NULL,
    GrainIdExtensionString TEXT    NOT NULL,
    Version                INTEGER NOT NULL,
    ModifiedOn             TEXT    NOT NULL,
    PayloadBinary          BLOB    NULL,
    PRIMARY KEY (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS OrleansQuery
(
    QueryKey  TEXT NOT NULL PRIMARY KEY,
    QueryText TEXT NOT NULL
);

-- Written only when the row is as the grain last saw it. Answers the row's new version, or the version the grain came with
-- when somebody else has written: the provider takes that for a conflict.
INSERT OR REPLACE INTO OrleansQuery(QueryKey, QueryText) VALUES('WriteToStorageKey', '
    PRAGMA synchronous = {synchronous};
    INSERT INTO GrainState(ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString, Version, ModifiedOn, PayloadBinary)
        SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, COALESCE(@GrainIdExtensionString, ''''), 1, datetime(''now''), @PayloadBinary
        WHERE @GrainStateVersion IS NULL OR EXISTS
        (
            SELECT 1 FROM GrainState
            WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdN0 = @GrainIdN0
                AND GrainIdN1 = @GrainIdN1 AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''')
        )
        ON CONFLICT DO UPDATE SET Version = Version + 1, ModifiedOn = excluded.ModifiedOn, PayloadBinary = excluded.PayloadBinary
        WHERE Version = @GrainStateVersion;
    SELECT CASE WHEN changes() > 0 THEN COALESCE(@GrainStateVersion, 0) + 1 ELSE @GrainStateVersion END AS NewGrainStateVersion;
');

INSERT OR REPLACE INTO OrleansQuery(QueryKey, QueryText) VALUES('ReadFromStorageKey', '
    SELECT PayloadBinary, Version FROM GrainState
    WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdN0 = @GrainIdN0
        AND GrainIdN1 = @GrainIdN1 AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''');
');

-- The row goes: a round that is over leaves nothing behind.
INSERT OR REPLACE INTO OrleansQuery(QueryKey, QueryText) VALUES('ClearStorageKey', '
    PRAGMA synchronous = {synchronous};
    DELETE FROM GrainState
    WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdN0 = @GrainIdN0
        AND GrainIdN1 = @GrainIdN1 AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, '''')
        AND Version = @GrainStateVersion;
    SELECT CASE WHEN changes() > 0 THEN @GrainStateVersion + 1 ELSE @GrainStateVersion END AS NewGrainStateVersion;
');
