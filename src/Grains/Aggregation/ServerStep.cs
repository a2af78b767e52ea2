using Actors.Contracts.Tensors;
using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>A server optimizer's step over a whole model.</summary>
/// <param name="rule">The optimizer.</param>
/// <param name="choice">Its settings.</param>
/// <param name="states">Its states, in the order of <see cref="ServerRule.States"/>.</param>
internal sealed class ServerStep(ServerRule rule, PolicyChoice choice, IReadOnlyList<ServerStateFile> states)
{
    /// <summary>A thread's part in it.</summary>
    public Part NewPart() => new(rule, choice, states);

    /// <summary>One thread's part.</summary>
    internal sealed class Part(ServerRule rule, PolicyChoice choice, IReadOnlyList<ServerStateFile> states)
    {
        private readonly double[][] _values = [.. states.Select(_ => Array.Empty<double>())];
        private readonly byte[][] _bytes = [.. states.Select(_ => Array.Empty<byte>())];

        /// <summary>Takes the step of a block.</summary>
        /// <param name="block">The block.</param>
        /// <param name="rows">Its rows, as float64 and with the current model's.</param>
        /// <param name="next">The average of the updates; afterwards the next model.</param>
        /// <exception cref="FederationException">The step left the numbers there are.</exception>
        public void Take(ElementBlock block, BlockRows rows, Span<double> next)
        {
            for (var state = 0; state < states.Count; state++)
            {
                Load(block, state);
            }

            if (!block.IsMeasured)
            {
                return; // A counter has no gradient: its states stay zero.
            }

            rule.Step(choice, new()
            {
                Model = rows.Doubles.Slice(rows.ModelStart, block.Elements),
                Next = next,
                First = StateOf(0, block),
                Second = StateOf(1, block),
            });
            for (var state = 0; state < states.Count; state++)
            {
                Store(block, state);
            }
        }

        /// <summary>Writes the states of the block.</summary>
        public void Write(ElementBlock block)
        {
            for (var state = 0; state < states.Count; state++)
            {
                states[state].After.Append(_bytes[state].AsSpan(0, block.ByteLength));
            }
        }

        private Span<double> StateOf(int state, ElementBlock block) =>
            state < states.Count ? _values[state].AsSpan(0, block.Elements) : [];

        private void Load(ElementBlock block, int state)
        {
            if (_bytes[state].Length < block.ByteLength || _values[state].Length < block.Elements)
            {
                (_bytes[state], _values[state]) = (new byte[block.ByteLength], new double[block.Elements]);
            }

            var bytes = _bytes[state].AsSpan(0, block.ByteLength);
            var values = _values[state].AsSpan(0, block.Elements);
            if (!block.IsMeasured)
            {
                bytes.Clear();
            }
            else if (states[state].Before is { } before)
            {
                before.Read(block.Offset, bytes);
                ElementBlocks.ToDouble(block.Run.Type, bytes, values);
            }
            else
            {
                values.Fill(rule.Initial(choice, state));
            }
        }

        private void Store(ElementBlock block, int state)
        {
            var bytes = _bytes[state].AsSpan(0, block.ByteLength);
            ElementBlocks.FromDouble(block.Run.Type, _values[state].AsSpan(0, block.Elements), bytes);
            block.Run.ClearPadding(block.Offset, bytes);
        }
    }
}
