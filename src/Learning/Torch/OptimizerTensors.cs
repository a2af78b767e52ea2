using System.Buffers.Binary;

using Actors.Contracts.Tensors;

using TorchSharp.Modules;

namespace Actors.Learning.Torch;

/// <summary>
/// An optimizer's state as named arrays: <c>__opt_state_{group}_{index}_istensor_{key}</c> for a tensor,
/// <c>__opt_state_{group}_{index}__{key}</c> for a number (float64, shape <c>[1]</c>: its average over collaborators has a meaning),
/// and <c>__opt_group_lengths</c>, the parameters of each group (float64, shape <c>[groups]</c>).
/// </summary>
internal sealed class OptimizerTensors
{
    private const string GroupLengths = "__opt_group_lengths";

    private readonly IReadOnlyList<OptimizerSlot?> _slots;
    private readonly double[] _groupLengths;

    private OptimizerTensors(IEnumerable<(TensorSpec Spec, OptimizerSlot? Slot)> entries, double[] groupLengths)
    {
        var list = entries.ToList();
        _slots = [.. list.Select(entry => entry.Slot)];
        _groupLengths = groupLengths;
        Layout = list.Exists(entry => entry.Slot is not null) ? new(list.Select(entry => entry.Spec)) : null;
    }

    /// <summary>The arrays; null when there is nothing to remember yet.</summary>
    public ModelManifest? Layout { get; }

    /// <summary>Looks at the state as it is now; the arrays are read and written in place.</summary>
    public static OptimizerTensors Of(OptimizerHelper optimizer)
    {
        var named = Named(optimizer, out var lengths);
        var present = named.Where(entry => !entry.Slot.IsTensor || entry.Slot.Tensor is not null)
            .Select(entry => (SpecOf(entry.Name, entry.Slot), (OptimizerSlot?)entry.Slot));
        return new([.. present, (LengthsSpec(lengths.Length), null)], lengths);
    }

    /// <summary>Makes room in a fresh optimizer for the arrays of a layout, in the layout's order.</summary>
    /// <exception cref="ArgumentException">An array has no place in this optimizer, another shape or type, or one is missing.</exception>
    public static OptimizerTensors Prepare(OptimizerHelper optimizer, ModelManifest layout)
    {
        var named = Named(optimizer, out var lengths).ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        var entries = layout.Tensors.Select(spec =>
        {
            if (spec.Name == GroupLengths)
            {
                return (Agreed(spec, LengthsSpec(lengths.Length)), null);
            }

            if (!named.Remove(spec.Name, out var entry))
            {
                throw new ArgumentException($"This {optimizer.GetType().Name} has no state {spec.Name}; is the optimizer another one?", nameof(layout));
            }

            if (entry.Slot.IsTensor)
            {
                entry.Slot.Fill(entry.Parameter);
            }

            return (Agreed(spec, SpecOf(spec.Name, entry.Slot)), (OptimizerSlot?)entry.Slot);
        }).ToList();

        var missing = named.Values.FirstOrDefault(entry => !entry.Slot.IsTensor || entry.Slot.Tensor is not null).Name;
        return missing is null
            ? new(entries, lengths)
            : throw new ArgumentException($"The state lacks {missing}, which this {optimizer.GetType().Name} needs.", nameof(layout));
    }

    /// <summary>Copies one array out.</summary>
    public void Read(int index, Span<byte> destination)
    {
        switch (_slots[index])
        {
            case null:
                WriteNumbers(_groupLengths, destination);
                break;
            case { IsTensor: true } slot:
                TensorBytes.Read(slot.Tensor!, destination);
                break;
            case var slot:
                WriteNumbers([slot.Number], destination);
                break;
        }
    }

    /// <summary>Copies one array in.</summary>
    /// <exception cref="ArgumentException">The groups have other numbers of parameters than this optimizer's.</exception>
    public void Write(int index, ReadOnlySpan<byte> source)
    {
        switch (_slots[index])
        {
            case null:
                Span<byte> own = stackalloc byte[_groupLengths.Length * sizeof(double)];
                WriteNumbers(_groupLengths, own);
                if (!own.SequenceEqual(source))
                {
                    throw new ArgumentException("The state's parameter groups have other lengths than this optimizer's.", nameof(source));
                }

                break;
            case { IsTensor: true } slot:
                TensorBytes.Write(slot.Tensor!, source);
                break;
            case var slot:
                slot.Number = BinaryPrimitives.ReadDoubleLittleEndian(source);
                break;
        }
    }

    private static IEnumerable<(string Name, OptimizerSlot Slot, Parameter Parameter)> Named(
        OptimizerHelper optimizer, out double[] groupLengths)
    {
        var state = optimizer.state_dict();
        groupLengths = [.. state.StateIndexRef.Select(group => (double)group.Count)];
        var parameters = optimizer.parameters().ToList();
        return
            from indices in state.StateIndexRef.Index()
            from index in indices.Item.Index()
            from slot in OptimizerSlot.Of(state.State[index.Item]) ?? []
            select (
                $"__opt_state_{indices.Index}_{index.Index}_{(slot.IsTensor ? "istensor" : "")}_{slot.Key}",
                slot,
                parameters[index.Item]);
    }

    private static TensorSpec SpecOf(string name, OptimizerSlot slot) =>
        slot.Tensor is { } tensor ? TensorBytes.SpecOf(name, tensor) : new(name, ElementType.Float64, new(1));

    private static TensorSpec LengthsSpec(int groups) => new(GroupLengths, ElementType.Float64, new(groups));

    private static TensorSpec Agreed(TensorSpec theirs, TensorSpec ours) =>
        theirs == ours ? ours : throw new ArgumentException($"The state has {theirs}, but this optimizer's is {ours}.");

    private static void WriteNumbers(ReadOnlySpan<double> numbers, Span<byte> destination)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(destination[(i * sizeof(double))..], numbers[i]);
        }
    }
}
