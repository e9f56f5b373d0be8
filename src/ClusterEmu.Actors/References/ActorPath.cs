using System.Text;

namespace ClusterEmu.Actors;

/// <summary>The place of an actor in the tree, for example <c>akka://system/user/parent/child</c>.</summary>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    /// <summary>Characters that a name may hold besides ASCII letters and digits.</summary>
    public const string ValidSymbols = "\"-_.*$+:@&=,!~';()";

    internal const long UndefinedUid = 0;

    private readonly Address? _address;
    private readonly ActorPath? _parent;

    protected ActorPath(Address address, string name)
    {
        _address = address;
        Name = name;
    }

    protected ActorPath(ActorPath parentPath, string name, long uid)
    {
        _parent = parentPath;
        Name = name;
        Uid = uid;
    }

    public string Name { get; }

    public Address Address => Root._address!;

    /// <summary>Tells two lives of one name apart; 0 if unknown.</summary>
    public long Uid { get; }

    /// <summary>The path above; the root is its own parent.</summary>
    public ActorPath Parent => _parent ?? this;

    public int Depth
    {
        get
        {
            var depth = 0;
            for (var path = this; path._parent is { } parent; path = parent) depth++;
            return depth;
        }
    }

    /// <summary>The names from the root down to this one. The root has one empty element.</summary>
    public IReadOnlyList<string> Elements
    {
        get
        {
            var depth = Depth;
            if (depth == 0) return [""];
            var elements = new string[depth];
            for (var path = this; path._parent is { } parent; path = parent) elements[--depth] = path.Name;
            return elements;
        }
    }

    public ActorPath Root
    {
        get
        {
            var path = this;
            while (path._parent is { } parent) path = parent;
            return path;
        }
    }

    /// <summary>Whether an actor that users create may have this name.</summary>
    public static bool IsValidPathElement(string s) => !string.IsNullOrEmpty(s) && s[0] != '$' && ActorNames.HasOnlyValidCharacters(s);

    public int CompareTo(ActorPath? other)
    {
        if (other is null) return 1;
        if (ReferenceEquals(this, other)) return 0;
        var byAddress = Address.CompareTo(other.Address);
        if (byAddress != 0) return byAddress;
        var mine = Elements;
        var others = other.Elements;
        for (var i = 0; i < mine.Count && i < others.Count; i++)
        {
            var byName = string.CompareOrdinal(mine[i], others[i]);
            if (byName != 0) return byName;
        }

        return mine.Count.CompareTo(others.Count);
    }

    public ActorPath WithUid(long uid) => _parent is null ? this : new ChildPath(_parent, Name, uid);

    /// <summary>The path's ancestor at a depth; a negative depth counts upwards from this path.</summary>
    public ActorPath ParentOf(int depth)
    {
        var steps = depth < 0 ? -depth : Depth - depth;
        var path = this;
        for (; steps > 0 && path._parent is { } parent; steps--) path = parent;
        return path;
    }

    /// <exception cref="UriFormatException">The text is no actor path.</exception>
    public static ActorPath Parse(string path) => TryParse(path, out var parsed)
        ? parsed
        : throw new UriFormatException($"Can not parse an ActorPath: {path}. Write akka://SYSTEM/user/NAME.");

    public static bool TryParse(string path, out ActorPath actorPath)
    {
        actorPath = null!;
        if (!Address.TryParse(path, out var address)) return false;
        var start = path.IndexOf("://", StringComparison.Ordinal) + 3;
        var slash = path.IndexOf('/', start);
        ActorPath result = new RootPath(address, "/");
        if (slash >= 0)
            foreach (var element in path[(slash + 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries))
                result = result.Child(element);
        actorPath = result;
        return true;
    }

    /// <summary>The path from the root, without the system's address: <c>/user/parent/child</c>.</summary>
    public string ToStringWithoutAddress()
    {
        if (_parent is null) return "/";
        var text = new StringBuilder();
        foreach (var element in Elements) text.Append('/').Append(element);
        return text.ToString();
    }

    public string ToStringWithUid() => Uid == UndefinedUid ? ToString() : $"{this}#{Uid}";

    /// <summary>The path of a child; <c>name#uid</c> names one life of it.</summary>
    public ActorPath Child(string childName)
    {
        var hash = childName.IndexOf('#');
        return hash < 0 || !long.TryParse(childName.AsSpan(hash + 1), out var uid)
            ? new ChildPath(this, childName, UndefinedUid)
            : new ChildPath(this, childName[..hash], uid);
    }

    public string ToStringWithAddress() => ToString();

    public string ToSerializationFormat() => ToStringWithUid();

    public string ToStringWithAddress(Address address) => _parent is null ? $"{address}/" : address + ToStringWithoutAddress();

    public static string FormatPathElements(IEnumerable<string> pathElements) => string.Join("/", pathElements);

    public bool Equals(ActorPath? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null) return false;
        ActorPath mine = this, others = other;
        while (mine._parent is { } parent && others._parent is { } otherParent)
        {
            if (!string.Equals(mine.Name, others.Name, StringComparison.Ordinal)) return false;
            mine = parent;
            others = otherParent;
            if (ReferenceEquals(mine, others)) return true;
        }

        return mine._parent is null && others._parent is null && mine.Address.Equals(others.Address);
    }

    public override bool Equals(object? obj) => Equals(obj as ActorPath);

    public override int GetHashCode() => _parent is null ? Name.GetHashCode() : (_parent.Name.GetHashCode() * 397) ^ Name.GetHashCode();

    public override string ToString() => ToStringWithAddress(Address);

    public static bool operator ==(ActorPath? left, ActorPath? right) => Equals(left, right);

    public static bool operator !=(ActorPath? left, ActorPath? right) => !Equals(left, right);

    public static ActorPath operator /(ActorPath path, string name) => path.Child(name);

    public static ActorPath operator /(ActorPath path, IEnumerable<string> name)
    {
        foreach (var element in name)
            if (element.Length > 0)
                path = path.Child(element);
        return path;
    }
}

internal sealed class RootPath(Address address, string name) : ActorPath(address, name);

internal sealed class ChildPath(ActorPath parent, string name, long uid) : ActorPath(parent, name, uid);

/// <summary>The rules for actor names.</summary>
internal static class ActorNames
{
    public const string Rule =
        $"Actor paths MUST: not start with `$`, not be empty, and only contain ASCII letters, digits and these special characters: `{ActorPath.ValidSymbols}`";

    public static bool HasOnlyValidCharacters(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (char.IsAsciiLetterOrDigit(c) || ActorPath.ValidSymbols.Contains(c)) continue;
            if (c != '%' || i + 2 >= name.Length || !char.IsAsciiHexDigit(name[i + 1]) || !char.IsAsciiHexDigit(name[i + 2])) return false;
            i += 2;
        }

        return true;
    }

    /// <exception cref="InvalidActorNameException">The name may not be used.</exception>
    public static void Check(string? name)
    {
        if (name is null) throw new InvalidActorNameException("Actor name must not be null.");
        if (name.Length == 0) throw new InvalidActorNameException("Actor name must not be empty.");
        if (!ActorPath.IsValidPathElement(name)) throw new InvalidActorNameException($"Illegal actor name [{name}]. {Rule}");
    }

    /// <summary>The name of the n-th unnamed child: <c>$a</c>, <c>$b</c>, … in base 64.</summary>
    public static string Unnamed(long number)
    {
        const string digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";
        Span<char> buffer = stackalloc char[14];
        var length = 0;
        buffer[length++] = '$';
        do
        {
            buffer[length++] = digits[(int)(number & 63)];
            number >>= 6;
        }
        while (number > 0);
        return new string(buffer[..length]);
    }
}
