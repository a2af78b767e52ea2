using Actors.Simulation.Machines;
using Actors.Simulation.Turns;

namespace Actors.Simulation.Storage;

/// <summary>A grain's state: mirrors <c>IPersistentState</c> with <c>PersistentStateExtensions.SaveAsync</c>, step by step.</summary>
/// <param name="world">Where the disk is.</param>
/// <param name="process">The grain's process.</param>
/// <param name="key">The row.</param>
/// <param name="unread">Is called when a write failed and the row could not be read back.</param>
internal sealed class GrainStorage<T>(World world, Process process, string key, Action unread)
    where T : class, new()
{
    private long _version;

    public T State { get; set; } = new();

    public IEnumerator<Wait> Read()
    {
        var read = world.Database.Read(process, key);
        yield return read;
        (State, _version) = (read.Value.State as T ?? new T(), read.Value.Version);
    }

    public IEnumerator<Wait> Save(T next)
    {
        var before = State;
        State = next;
        var write = world.Database.Write(process, key, next, _version);
        yield return write.Caught();
        if (write.Failure is { } failure)
        {
            State = before;
            yield return Part.Of(ReadBack());
            throw new FailureException(failure);
        }

        _version = write.Value;
    }

    public IEnumerator<Wait> Clear()
    {
        var write = world.Database.Write(process, key, null, _version);
        yield return write.Caught();
        if (write.Failure is { } failure)
        {
            yield return Part.Of(ReadBack());
            throw new FailureException(failure);
        }

        (State, _version) = (new T(), write.Value);
    }

    private IEnumerator<Wait> ReadBack()
    {
        var read = Part.Of(Read()).Caught();
        yield return read;
        if (read.Failure is not null)
        {
            unread();
        }
    }
}
