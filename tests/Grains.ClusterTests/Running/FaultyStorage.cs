using System.Collections.Concurrent;

using Orleans.Storage;

namespace Actors.Grains.Running.Tests;

/// <summary>Grain state in memory, serialised as in production, with ETags; refuses writes when a test asks for it.</summary>
internal sealed class FaultyStorage(IGrainStorageSerializer serializer) : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (BinaryData Bytes, string ETag)> _records = new();
    private readonly ConcurrentDictionary<string, Refusal> _refusals = new();
    private int _versions;
    private long _bytesWritten;

    /// <summary>How many bytes have been written.</summary>
    public long BytesWritten => Interlocked.Read(ref _bytesWritten);

    /// <summary>Refuses the next writes of one state of one grain; with <paramref name="lost"/> the write happens, but its answer is lost.</summary>
    public void Refuse(string state, string grainKey, int writes = 1, bool lost = false, bool readsToo = false) =>
        _refusals[KeyOf(state, grainKey)] = new() { Writes = writes, Lost = lost, Reads = readsToo ? 1 : 0 };

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = KeyOf(stateName, grainId.Key.ToString()!);
        if (_refusals.TryGetValue(key, out var refusal) && refusal.Writes <= 0 && refusal.TakeRead())
        {
            throw new IOException("The database is away.");
        }

        var found = _records.TryGetValue(key, out var record);
        grainState.State = found ? serializer.Deserialize<T>(record.Bytes) : Activator.CreateInstance<T>();
        (grainState.ETag, grainState.RecordExists) = (found ? record.ETag : null, found);
        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        var key = KeyOf(stateName, grainId.Key.ToString()!);
        var refused = _refusals.TryGetValue(key, out var refusal) && refusal.TakeWrite();
        if (!refused || refusal!.Lost)
        {
            var tag = Write(key, grainState);
            (grainState.ETag, grainState.RecordExists) = refused ? (grainState.ETag, grainState.RecordExists) : (tag, true);
        }

        if (refused)
        {
            throw new IOException("The database is away.");
        }
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = KeyOf(stateName, grainId.Key.ToString()!);
        if (_refusals.TryGetValue(key, out var refusal) && refusal.TakeWrite())
        {
            throw new IOException("The database is away.");
        }

        _records.TryRemove(key, out _);
        (grainState.ETag, grainState.RecordExists) = (null, false);
        return Task.CompletedTask;
    }

    /// <summary>What is stored; the default state when nothing is.</summary>
    public T Stored<T>(string state, string grainKey)
        where T : class, new() =>
        _records.TryGetValue(KeyOf(state, grainKey), out var record) ? serializer.Deserialize<T>(record.Bytes)! : new();

    /// <summary>Whether anything is stored.</summary>
    public bool Has(string state, string grainKey) => _records.ContainsKey(KeyOf(state, grainKey));

    /// <summary>Stores a state as a crash could have left it; the grain must not be active.</summary>
    public void Craft<T>(string state, string grainKey, T value) =>
        _records[KeyOf(state, grainKey)] = (serializer.Serialize(value), NextETag());

    private static string KeyOf(string state, string grainKey) => $"{state}:{grainKey}";

    private string NextETag() => Interlocked.Increment(ref _versions).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private string Write<T>(string key, IGrainState<T> grainState)
    {
        var stored = _records.TryGetValue(key, out var record) ? record.ETag : null;
        if (stored != grainState.ETag)
        {
            throw new InconsistentStateException($"{key} was written by another.", stored, grainState.ETag);
        }

        var tag = NextETag();
        var bytes = serializer.Serialize(grainState.State);
        Interlocked.Add(ref _bytesWritten, bytes.ToMemory().Length);
        _records[key] = (bytes, tag);
        return tag;
    }

    private sealed class Refusal
    {
        private int _writes;
        private int _reads;

        public int Writes
        {
            get => _writes;
            init => _writes = value;
        }

        public int Reads
        {
            init => _reads = value;
        }

        public bool Lost { get; init; }

        public bool TakeWrite() => Interlocked.Decrement(ref _writes) >= 0;

        public bool TakeRead() => Interlocked.Decrement(ref _reads) >= 0;
    }
}
