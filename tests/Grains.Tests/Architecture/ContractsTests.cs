using System.Globalization;
using System.Reflection;

using Actors.Grains.Federations;

namespace Actors.Grains.Architecture.Tests;

/// <summary>
/// What is persisted and sent between silos of different versions, in a text that shows in review. Ids and aliases are added
/// and never changed.
/// </summary>
public class ContractsTests
{
    [Fact]
    public void Contracts_AreThoseInContractsTxt()
    {
        var path = Path.Combine(Repository(), "tests", "Grains.Tests", "Contracts.txt");
        var now = Describe();
        if (Environment.GetEnvironmentVariable("ACCEPT_CONTRACTS") == "1")
        {
            File.WriteAllText(path, now);
        }

        var accepted = File.Exists(path) ? File.ReadAllText(path) : "";
        Assert.True(now == accepted, $"""
            The contracts differ from tests/Grains.Tests/Contracts.txt:
            {Difference(accepted.Split('\n'), now.Split('\n'))}
            If that is meant, run this test once with ACCEPT_CONTRACTS=1 and commit the file.
            """);
    }

    private static string Describe()
    {
        var types = typeof(IFederationGrain).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<AliasAttribute>(inherit: false) is not null)
            .OrderBy(type => type.GetCustomAttribute<AliasAttribute>(inherit: false)!.Alias, StringComparer.Ordinal)
            .ThenBy(type => type.FullName, StringComparer.Ordinal);
        return string.Join('\n', types.SelectMany(type => Members(type).Prepend($"{type.GetCustomAttribute<AliasAttribute>(inherit: false)!.Alias}: {type.FullName}"))) + "\n";
    }

    private static IEnumerable<string> Members(Type type) => type.IsInterface
        ? type.GetMethods()
            .Select(method => $"  {method.GetCustomAttribute<AliasAttribute>()?.Alias ?? "NO ALIAS"}: {method.Name}({string.Join(", ", method.GetParameters().Select(parameter => Name(parameter.ParameterType)))}) -> {Name(method.ReturnType)}")
            .Order(StringComparer.Ordinal)
        : type.GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(member => (Id: member.GetCustomAttribute<IdAttribute>()?.Id, Member: member))
            .Where(pair => pair.Id is not null)
            .OrderBy(pair => pair.Id)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"  {pair.Id}: {pair.Member.Name} {Name(((PropertyInfo)pair.Member).PropertyType)}"));

    private static string Name(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? $"{Name(inner)}?"
        : type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;

    private static string Difference(string[] accepted, string[] now) =>
        string.Join('\n', accepted.Except(now).Select(line => $"- {line}").Concat(now.Except(accepted).Select(line => $"+ {line}")));

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Actors.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder;
    }
}
